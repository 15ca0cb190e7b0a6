#include "check.h"

#include "heddle/read/markdown.h"

/* One chapter, read. */
struct reading {
    struct arena arena;
    struct diags diags;
    struct chapter chapter;
    bool good;
};

static struct reading *read_text(struct reading *r, const char *text)
{
    *r = (struct reading){0};
    r->good = markdown_read(&r->chapter, &r->arena, "a.md", span_of(text), &r->diags);
    return r;
}

static void done(struct reading *r)
{
    diag_free(&r->diags);
    arena_free(&r->arena);
}

/* The code's lines, joined. */
static void check_code(const struct block *block, const char *wanted)
{
    struct buf text = {0};

    for (unsigned i = 0; i < block->line_count; i++) {
        buf_fill(&text, ' ', block->lines[i].pad);
        buf_add(&text, code_line_span(&block->lines[i]));
        buf_addc(&text, '\n');
    }
    assert_span(buf_span(&text), wanted);
    buf_free(&text);
}

static const struct block *nth(const struct reading *r, enum block_kind kind, size_t n)
{
    for (size_t i = 0; i < r->chapter.block_count; i++)
        if (r->chapter.blocks[i].kind == kind && n-- == 0)
            return &r->chapter.blocks[i];
    fail_msg("there are too few such blocks");
    return NULL;
}

TEST(fenced_code_has_lines_info_and_fence)
{
    struct reading r;
    const struct block *block;

    read_text(&r, "Text\n\n~~~~ c {#a}\nint a;\n\n\tint b;\n~~~~\n");
    assert_true(r.good);
    block = nth(&r, BLOCK_CODE, 0);
    assert_true(block->fenced);
    assert_true(block->closed);
    assert_false(block->nested);
    assert_int_equal(block->line, 3);
    assert_int_equal(block->end_line, 7);
    assert_int_equal(block->fence_char, '~');
    assert_int_equal(block->fence_length, 4);
    assert_span(block->info, "c {#a}");
    assert_span(block->attrs.id, "a");
    check_code(block, "int a;\n\n\tint b;\n");
    done(&r);
}

TEST(indented_code_is_no_fence)
{
    struct reading r;
    const struct block *block;

    read_text(&r, "Text\n\n    one\n\n      two\n\nText\n");
    block = nth(&r, BLOCK_CODE, 0);
    assert_false(block->fenced);
    assert_int_equal(block->attrs.count, 0);
    check_code(block, "one\n\n  two\n");
    done(&r);
}

/* Where a block has no text at all, its place must be found some other way. */
TEST(empty_blocks_stand_where_they_stand)
{
    struct reading r;

    read_text(&r, "```c {#a}\n```\n\nText\n\n```\n```\n~~~\n~~~\n> ```\n> ```\n\n- ```\n  ```\n");
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->line, 1);
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->end_line, 2);
    assert_int_equal(nth(&r, BLOCK_CODE, 1)->line, 6);
    assert_int_equal(nth(&r, BLOCK_CODE, 1)->end_line, 7);
    assert_int_equal(nth(&r, BLOCK_CODE, 2)->line, 8);
    assert_int_equal(nth(&r, BLOCK_CODE, 2)->end_line, 9);
    assert_int_equal(nth(&r, BLOCK_CODE, 3)->line, 10);
    assert_int_equal(nth(&r, BLOCK_CODE, 4)->line, 13);
    for (size_t i = 0; i < 5; i++) {
        assert_true(nth(&r, BLOCK_CODE, i)->closed);
        assert_int_equal(nth(&r, BLOCK_CODE, i)->line_count, 0);
    }
    done(&r);
}

/* Text that looks like a fence stands between the last text and the block. */
TEST(empty_block_is_not_found_in_text_that_looks_like_one)
{
    struct reading r;

    read_text(&r, "Text ``` with ``` marks\n\n[a]: /url \"```\"\n\n<!-- ``` -->\n\n"
                  "    ``` indented\n\n***\n```\n```\n");
    assert_int_equal(nth(&r, BLOCK_CODE, 1)->line, 10);
    assert_int_equal(nth(&r, BLOCK_CODE, 1)->end_line, 11);
    done(&r);
    read_text(&r, "[a]: <x``` \"\n\n```\n```\n");
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->line, 3);
    done(&r);
    read_text(&r, "[x]: /```\n[y]: /a 'q\nq ```'\n```\n```\n");
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->line, 4);
    done(&r);
}

TEST(blank_lines_in_code_are_counted)
{
    struct reading r;
    const struct block *block;

    read_text(&r, "```\n\n\n```\n\n```\n\nx\n\n```\n");
    block = nth(&r, BLOCK_CODE, 0);
    assert_int_equal(block->line, 1);
    assert_int_equal(block->line_count, 2);
    assert_int_equal(block->end_line, 4);
    block = nth(&r, BLOCK_CODE, 1);
    assert_int_equal(block->line, 6);
    assert_int_equal(block->end_line, 10);
    check_code(block, "\nx\n\n");
    done(&r);
}

TEST(nested_code_loses_its_containers_indentation)
{
    struct reading r;

    read_text(&r, "> - ```c\n>   one\n>\n>     two\n>   ```\n>\n> 1) ~~~\n>    three\n>    ~~~\n");
    assert_true(nth(&r, BLOCK_CODE, 0)->nested);
    assert_true(nth(&r, BLOCK_CODE, 0)->closed);
    check_code(nth(&r, BLOCK_CODE, 0), "one\n\n  two\n");
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->line, 1);
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->end_line, 5);
    check_code(nth(&r, BLOCK_CODE, 1), "three\n");
    assert_int_equal(nth(&r, BLOCK_CODE, 1)->line, 7);
    done(&r);
}

TEST(tabs_in_code_are_kept)
{
    struct reading r;

    read_text(&r, "```\n\ta\n  \tb\n\t\tc\td\n \t\n\t\n```\n");
    check_code(nth(&r, BLOCK_CODE, 0), "\ta\n  \tb\n\t\tc\td\n \t\n\t\n");
    done(&r);
}

TEST(tab_that_a_list_cuts_leaves_spaces)
{
    struct reading r;
    const struct block *block;

    read_text(&r, "- ```\n\ta\n\t\tb\n  \tc\n  ```\n");
    block = nth(&r, BLOCK_CODE, 0);
    check_code(block, "  a\n  \tb\n\tc\n");
    assert_int_equal(block->lines[0].pad, 2);
    assert_int_equal(block->lines[2].pad, 0);
    done(&r);
}

TEST(lines_point_into_the_chapter)
{
    const char *text = "> ```\n> code\n> ```\n";
    struct reading r;

    read_text(&r, text);
    assert_ptr_equal(nth(&r, BLOCK_CODE, 0)->lines[0].ptr, text + 8);
    done(&r);
}

TEST(unclosed_fence_is_reported_at_its_opening)
{
    struct reading r;

    read_text(&r, "Text\n\n  ```c\nint x;\n``\n");
    assert_false(r.good);
    assert_int_equal(r.diags.errors, 1);
    assert_int_equal(r.diags.list[0].place.line, 3);
    assert_int_equal(r.diags.list[0].place.column, 3);
    assert_false(nth(&r, BLOCK_CODE, 0)->closed);
    check_code(nth(&r, BLOCK_CODE, 0), "int x;\n``\n");
    done(&r);
}

TEST(closing_fence_must_close)
{
    static const char *const texts[] = {
        "````\n```\n",
        "```\n~~~\n",
        "```\n``` c\n",
        "```\n    ```\n",
        "> ```\n> x\n```\nx\n```\n",
        "- ```\n  x\n\ny\n",
        "- ```\n  x\n```\nx\n```\n",
        "> ```\n> x\n```\n",
        "- a\n\n  ```\n  x\n```\nx\n```\n",
        "```",
        "```\n",
        "~~~\n\n\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;

        read_text(&r, texts[i]);
        if (nth(&r, BLOCK_CODE, 0)->closed || r.good)
            fail_msg("taken as closed: %s", texts[i]);
        done(&r);
    }
}

TEST(longer_closing_fences_and_blanks_close)
{
    static const char *const texts[] = {
        "```\nx\n`````\n",           "```\nx\n   ```  \n",  "~~~ ~~~\nx\n~~~",
        "```\nx\n```\r\n",           "> ```\n> x\n> ```\n", ">```\n>x\n>```",
        "- - ```\n    x\n    ```\n", "   ```\n   x\n```\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;

        read_text(&r, texts[i]);
        if (!nth(&r, BLOCK_CODE, 0)->closed || !r.good)
            fail_msg("not taken as closed: %s", texts[i]);
        check_code(nth(&r, BLOCK_CODE, 0), "x\n");
        done(&r);
    }
}

/* Its place is not to be had from its text. */
TEST(a_heading_without_text_stands_where_it_does)
{
    static const char *const texts[] = {
        "p\n\n![](x.png)\n===\n\n# B\n", "p\n\n` `\n---\n\n## B\n", "p\n\n# ![](x.png)\n\n# B\n",
        "p\n\n`\n`\n=\n\n# B\n",         "p\n\n#\n\n# B\n",         "p\n\n![](x.png)\r---\n\n# B\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;

        read_text(&r, texts[i]);
        assert_int_equal(nth(&r, BLOCK_HEADING, 0)->line, 3);
        assert_span(nth(&r, BLOCK_HEADING, 1)->info, "B");
        done(&r);
    }
}

TEST(headings_have_levels_and_text)
{
    struct reading r;

    read_text(
        &r,
        "# One {#id}\n\n### Three ###\n\nTwo *words*\nlong\n---\n\nTop\n===\n\n##\n\n> # quoted\n");
    assert_int_equal(nth(&r, BLOCK_HEADING, 0)->level, 1);
    assert_span(nth(&r, BLOCK_HEADING, 0)->info, "One {#id}");
    assert_int_equal(nth(&r, BLOCK_HEADING, 1)->level, 3);
    assert_int_equal(nth(&r, BLOCK_HEADING, 1)->line, 3);
    assert_span(nth(&r, BLOCK_HEADING, 1)->info, "Three");
    assert_int_equal(nth(&r, BLOCK_HEADING, 2)->level, 2);
    assert_int_equal(nth(&r, BLOCK_HEADING, 2)->line, 5);
    assert_int_equal(nth(&r, BLOCK_HEADING, 2)->end_line, 7);
    assert_span(nth(&r, BLOCK_HEADING, 2)->info, "Two *words*\nlong");
    assert_int_equal(nth(&r, BLOCK_HEADING, 3)->level, 1);
    assert_int_equal(nth(&r, BLOCK_HEADING, 3)->line, 9);
    assert_int_equal(nth(&r, BLOCK_HEADING, 4)->level, 2);
    assert_int_equal(nth(&r, BLOCK_HEADING, 4)->line, 12);
    assert_span(nth(&r, BLOCK_HEADING, 4)->info, "");
    done(&r);
}

TEST(rules_count_their_dashes)
{
    struct reading r;

    read_text(&r, "a\n\n---\n\nb\n\n----\n\nc\n\n***\n\nTitle\n---\n\n- - -\n");
    assert_int_equal(nth(&r, BLOCK_RULE, 0)->line, 3);
    assert_int_equal(nth(&r, BLOCK_RULE, 0)->level, 3);
    assert_int_equal(nth(&r, BLOCK_RULE, 1)->line, 7);
    assert_int_equal(nth(&r, BLOCK_RULE, 1)->level, 4);
    assert_int_equal(nth(&r, BLOCK_RULE, 2)->line, 11);
    assert_int_equal(nth(&r, BLOCK_RULE, 3)->line, 16);
    done(&r);
}

TEST(divs_nest_and_end)
{
    struct reading r;

    read_text(&r,
              "::: book\nText\n\n:::: {.notes lang=zh}\nMore\n::::\n\n:::\n\n::: slide :::\n:::\n");
    assert_span(nth(&r, BLOCK_DIV_OPEN, 0)->info, "book");
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 0)->level, 1);
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 0)->line, 1);
    assert_span(nth(&r, BLOCK_DIV_OPEN, 1)->info, "{.notes lang=zh}");
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 1)->level, 2);
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 0)->level, 2);
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 0)->line, 6);
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 1)->level, 1);
    assert_span(nth(&r, BLOCK_DIV_OPEN, 2)->info, "slide");
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 2)->line, 10);
    done(&r);
}

static void assert_said(const struct reading *r, size_t nth, unsigned line, const char *message)
{
    assert_true(nth < r->diags.count);
    assert_int_equal(r->diags.list[nth].place.line, line);
    assert_string_equal(r->diags.list[nth].message, message);
}

TEST(divs_end_with_what_holds_them)
{
    struct reading r;

    read_text(&r, "- ::: box\n  a\n- b\n\n> ::: notes\n> c\n> :::\n\n::: d\ne\n");
    assert_true(nth(&r, BLOCK_DIV_OPEN, 0)->nested);
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 0)->level, 1);
    assert_true(nth(&r, BLOCK_DIV_CLOSE, 0)->implied);
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 0)->level, 1);
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 1)->line, 7);
    assert_false(nth(&r, BLOCK_DIV_CLOSE, 1)->implied);
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 2)->line, 10);
    assert_true(nth(&r, BLOCK_DIV_CLOSE, 2)->implied);
    assert_int_equal(r.diags.count, 2);
    assert_said(&r, 0, 1, "this ::: is never closed; end it with a line :::");
    assert_said(&r, 1, 9, "this ::: is never closed; end it with a line :::");
    done(&r);
}

TEST(a_div_ends_a_paragraph_and_underlines_nothing)
{
    struct reading r;

    read_text(&r, "text\n:::: a\n::: b\nx\n:::\n::::\n---\n");
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 1)->line, 3);
    assert_int_equal(nth(&r, BLOCK_RULE, 0)->line, 7);
    assert_int_equal(r.chapter.block_count, 5);
    done(&r);
}

TEST(the_innermost_div_is_closed_by_as_many_colons)
{
    struct reading r;

    read_text(&r, ":::: a\n:::\n::::\n:::\n");
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 0)->line, 3);
    assert_said(&r, 0, 2, "this ::: closes nothing: the one that is open has more colons");
    assert_said(&r, 1, 4, "this ::: closes nothing");
    done(&r);
}

TEST(colons_in_code_and_comments_are_no_divs)
{
    struct reading r;

    read_text(&r, "```\n::: no\n```\n\n<!--\n::: no\n-->\n\n    ::: no\n\n::: yes\nText\n:::\n");
    for (size_t i = 0; i < r.chapter.block_count; i++)
        assert_false(span_is(r.chapter.blocks[i].info, "no"));
    assert_int_equal(nth(&r, BLOCK_DIV_OPEN, 0)->line, 11);
    done(&r);
    read_text(&r, "::: yes\n<!--\n::: no -->\n:::\n\n- ```\n  ::: no\n  ```\n");
    assert_int_equal(nth(&r, BLOCK_DIV_CLOSE, 0)->line, 4);
    check_code(nth(&r, BLOCK_CODE, 0), "::: no\n");
    assert_int_equal(r.chapter.block_count, 3);
    done(&r);
}

TEST(blocks_come_in_reading_order)
{
    struct reading r;

    read_text(&r,
              "# a\n\n::: book\n\n```\nx\n```\n\n---\n\n:::\n\n## b\n\n    code\n\n::: c\n:::\n");
    for (size_t i = 1; i < r.chapter.block_count; i++)
        assert_true(r.chapter.blocks[i - 1].line < r.chapter.blocks[i].line);
    assert_int_equal(r.chapter.block_count, 9);
    done(&r);
}

TEST(front_matter_is_skipped_and_lines_stay_right)
{
    struct reading r;

    read_text(&r, "---\ntitle: x\nrun: |\n    ```\n---\n\n```c\nx\n```\n");
    assert_true(r.good);
    assert_span(r.chapter.front_matter, "title: x\nrun: |\n    ```\n");
    assert_int_equal(r.chapter.body_line, 6);
    assert_int_equal(nth(&r, BLOCK_CODE, 0)->line, 7);
    done(&r);
}

TEST(without_front_matter_the_body_is_all)
{
    struct reading r;

    read_text(&r, "---\n\n# Slide\n\n---\n");
    assert_int_equal(r.chapter.body_line, 1);
    assert_int_equal(r.chapter.front_matter.len, 0);
    assert_int_equal(nth(&r, BLOCK_RULE, 0)->line, 1);
    assert_int_equal(nth(&r, BLOCK_HEADING, 0)->line, 3);
    done(&r);
}

static void assert_title(const char *text, const char *title, unsigned body_line)
{
    struct reading r;

    read_text(&r, text);
    assert_span(r.chapter.title, title);
    assert_int_equal(r.chapter.body_line, body_line);
    done(&r);
}

TEST(a_title_block_is_no_text)
{
    assert_title("% A b\n% Me;\n  you\n% 2020\n% more\n", "A b", 5);
    assert_title("% A\n\ntext\n", "A", 2);
    assert_title("% A", "A", 2);
    assert_title("%% A\n", "", 1);
    assert_title("% \n", "", 1);
    assert_title("\n% A\n", "", 1);
}

TEST(byte_order_mark_is_no_text)
{
    struct reading r;

    read_text(&r, "\xef\xbb\xbf# Title\n");
    assert_int_equal(nth(&r, BLOCK_HEADING, 0)->line, 1);
    assert_span(nth(&r, BLOCK_HEADING, 0)->info, "Title");
    done(&r);
    read_text(&r, "\xef\xbb\xbf");
    assert_true(r.good);
    assert_int_equal(r.chapter.block_count, 0);
    done(&r);
}

TEST(empty_chapter_has_no_blocks)
{
    static const char *const texts[] = {"",    "\n",    "\r",       " \t",
                                        "---", "---\n", "---\n---", "---\nx"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;

        read_text(&r, texts[i]);
        assert_true(r.good);
        for (size_t j = 0; j < r.chapter.block_count; j++)
            assert_int_not_equal(r.chapter.blocks[j].kind, BLOCK_CODE);
        done(&r);
    }
}

TEST(line_ends_do_not_matter)
{
    static const char *const texts[] = {
        "# a\n\n```c\nx\n\ny\n```\n\nz\n",
        "# a\r\n\r\n```c\r\nx\r\n\r\ny\r\n```\r\n\r\nz\r\n",
        "# a\r\r```c\rx\r\ry\r```\r\rz\r",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;

        read_text(&r, texts[i]);
        assert_true(r.good);
        assert_int_equal(nth(&r, BLOCK_CODE, 0)->line, 3);
        assert_int_equal(nth(&r, BLOCK_CODE, 0)->end_line, 7);
        assert_span(nth(&r, BLOCK_CODE, 0)->info, "c");
        check_code(nth(&r, BLOCK_CODE, 0), "x\n\ny\n");
        done(&r);
    }
}

TEST(bad_bytes_are_reported_where_they_stand)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct chapter chapter;

    assert_false(markdown_read(&chapter, &arena, "a.md", span_of("ab\nc\xff\n"), &diags));
    assert_int_equal(diags.list[0].place.line, 2);
    assert_int_equal(diags.list[0].place.column, 2);
    assert_false(markdown_read(&chapter, &arena, "a.md", (struct span){"a\0b", 3}, &diags));
    assert_int_equal(diags.errors, 2);
    assert_int_equal(diags.list[1].place.line, 1);
    assert_int_equal(diags.list[1].place.column, 2);
    diag_free(&diags);
    arena_free(&arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
