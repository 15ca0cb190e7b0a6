/*
 * Messages as they are printed: their order, and what of a chapter they show.
 */
#define _GNU_SOURCE /* open_memstream */
#include "check.h"

#include "heddle/report/diag.h"

struct chapter {
    struct arena arena;
    struct source source;
    struct diags diags;
    char *printed;
};

static struct chapter *begin(const char *text)
{
    static struct chapter chapter;

    chapter = (struct chapter){0};
    source_init(&chapter.source, &chapter.arena, "a.md", span_of(text));
    return &chapter;
}

static const char *print(struct chapter *chapter)
{
    size_t size;
    FILE *stream = open_memstream(&chapter->printed, &size);

    assert_non_null(stream);
    diag_print(&chapter->diags, stream, false);
    assert_int_equal(fclose(stream), 0);
    return chapter->printed;
}

static void end(struct chapter *chapter)
{
    free(chapter->printed);
    diag_free(&chapter->diags);
    arena_free(&chapter->arena);
}

static struct place at(const struct chapter *chapter, unsigned line, unsigned column)
{
    return (struct place){&chapter->source, line, column};
}

TEST(messages_come_by_place_and_then_as_they_were_found)
{
    struct chapter *chapter = begin("one\ntwo\n");

    diag_add(&chapter->diags, DIAG_ERROR, (struct place){0}, 0, "of no chapter");
    diag_add(&chapter->diags, DIAG_ERROR, at(chapter, 2, 1), 0, "first");
    diag_add(&chapter->diags, DIAG_NOTE, at(chapter, 1, 1), 0, "its note");
    for (char number = 'a'; number <= 'j'; number++)
        diag_add(&chapter->diags, DIAG_WARNING, at(chapter, 2, 1), 0, "%c", number);
    diag_add(&chapter->diags, DIAG_ERROR, at(chapter, 1, 2), 0, "above");
    assert_string_equal(print(chapter), "a.md:1:2: error: above\n"
                                        "a.md:2:1: error: first\n"
                                        "a.md:1:1: note: its note\n"
                                        "a.md:2:1: warning: a\n"
                                        "a.md:2:1: warning: b\n"
                                        "a.md:2:1: warning: c\n"
                                        "a.md:2:1: warning: d\n"
                                        "a.md:2:1: warning: e\n"
                                        "a.md:2:1: warning: f\n"
                                        "a.md:2:1: warning: g\n"
                                        "a.md:2:1: warning: h\n"
                                        "a.md:2:1: warning: i\n"
                                        "a.md:2:1: warning: j\n"
                                        "heddle: error: of no chapter\n");
    end(chapter);
}

/* Whatever the cut would hit: 1, 2, 3 or 4 bytes of a character. */
TEST(long_lines_are_cut_between_characters)
{
    static const char *const characters[] = {"x", "\xc3\xa9", "\xe4\xbd\x87", "\xf0\x9f\x98\x80"};

    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        for (size_t shift = 0; shift < 4; shift++)
            for (unsigned column = 1; column < 500; column += 97) {
                struct buf line = {0};
                struct chapter *chapter;

                buf_fill(&line, 'x', shift);
                for (int j = 0; j < 200; j++)
                    buf_adds(&line, characters[i]);
                chapter = begin(buf_string(&line));
                diag_add(&chapter->diags, DIAG_ERROR, at(chapter, 1, 1 + column), 1, "here");
                assert_null(strstr(print(chapter), "\xef\xbf\xbd"));
                assert_int_equal(span_bad_utf8(span_of(chapter->printed)),
                                 strlen(chapter->printed));
                end(chapter);
                buf_free(&line);
            }
}

TEST(nothing_in_a_chapter_steers_the_terminal)
{
    struct chapter *chapter = begin("a\x1b[1mb\x7f\xc2\x9b\xc2\xa0\t\xff\n");

    diag_add(&chapter->diags, DIAG_ERROR, at(chapter, 1, 1), 1, "\x1b\xc2\x85 here");
    assert_string_equal(print(chapter), "a.md:1:1: error: ?? here\n"
                                        "    1 | a?[1mb??\xc2\xa0\t\xef\xbf\xbd\n"
                                        "      | ^\n");
    end(chapter);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
