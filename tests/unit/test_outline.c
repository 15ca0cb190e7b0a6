/*
 * A chapter as slides, and how large their code is set.
 */
#include "check.h"

#include "heddle/slides/type_size.h"

struct deck {
    struct arena arena;
    struct diags diags;
    struct chapter chapter;
    struct outline outline;
    struct table ids;
};

static void open_deck(struct deck *deck, const char *markdown)
{
    *deck = (struct deck){0};
    assert_true(markdown_read(&deck->chapter, &deck->arena, "chapters/07-one-two.md",
                              span_of(markdown), &deck->diags));
    outline_read(&deck->outline, &deck->chapter, &deck->arena, &deck->ids, &deck->diags);
}

static void close_deck(struct deck *deck)
{
    table_free(&deck->ids);
    diag_free(&deck->diags);
    arena_free(&deck->arena);
}

/* "a b|c": two columns, the first with two slides. */
static void assert_slides(const char *markdown, const char *wanted)
{
    struct deck deck;
    struct buf out = {0};

    open_deck(&deck, markdown);
    for (size_t i = 0; i < deck.outline.count; i++) {
        const struct slide *slide = &deck.outline.slides[i];

        buf_adds(&out, i == 0 ? "" : slide->column ? "|" : " ");
        buf_add(&out, slide->id);
    }
    assert_span(buf_span(&out), wanted);
    buf_free(&out);
    close_deck(&deck);
}

TEST(headings_and_rules_begin_slides)
{
    assert_slides("# A\n\n## B\n\n# C\n\n----\n\nx\n\n---\n\ny\n", "a b|c one-two|one-two-2");
    assert_slides("", "");
    assert_slides("# A\n\n---\n", "a");
    assert_slides("x\n\n## B\n", "one-two b");
    assert_slides("# A\n\n---\n\n## B\n", "a|b");
    assert_slides("# A\n\n-----\n\nx\n", "a");
    assert_slides("> # A\n\n- # B\n\n::: d\n# C\n:::\n", "one-two");
}

TEST(ids_are_told_apart_and_no_number)
{
    assert_slides("# A b, C!\n\n# A b c\n\n# 12\n\n# {#x}\n\n# \xe5\xad\x97\n",
                  "a-b-c|a-b-c-2|slide|x|\xe5\xad\x97");
    assert_slides("# A\n\n## B {#a}\n", "a-2 a");
}

static void assert_first_number(const char *fences, size_t at, unsigned wanted)
{
    struct deck deck;

    open_deck(&deck, fences);
    assert_int_equal(outline_first_number(&deck.chapter, &deck.chapter.blocks[at]), wanted);
    close_deck(&deck);
}

TEST(numbers_begin_where_the_fence_says)
{
    assert_first_number("```c\na\n```\n", 0, 1);
    assert_first_number("```c=12\na\n```\n", 0, 12);
    assert_first_number("```c=12\na\nb\n```\n\n```output\nx\n```\n\n```c=+\nc\n```\n", 2, 14);
    assert_first_number("```c=+\na\n```\n", 0, 1);
    assert_first_number("```c!\na\n```\n", 0, 0);
    assert_first_number("```c=x\na\n```\n", 0, 0);
}

TEST(wide_characters_and_ranges_have_their_width)
{
    struct deck deck;

    open_deck(&deck, "```c\n\xe5\xad\x97\xe5\xad\x97 a\nab\n```\n\n```output\n{{1..}}\n```\n\n"
                     "```outcomes\na\n---\nb\nc\n---\nd\n```\n");
    assert_int_equal(outline_width(&deck.chapter.blocks[0]), 6);
    assert_int_equal(outline_width(&deck.chapter.blocks[1]), strlen("at least 1"));
    assert_int_equal(outline_height(&deck.chapter.blocks[0]), 2);
    assert_int_equal(outline_height(&deck.chapter.blocks[2]), 2);
    close_deck(&deck);
}

TEST(a_div_is_known_by_its_name_or_its_class)
{
    struct block div = {.kind = BLOCK_DIV_OPEN};

    div.info = span_of("notes");
    assert_true(outline_div_is(&div, "notes"));
    div.info = span_of("notes2");
    assert_false(outline_div_is(&div, "notes"));
    div.info = span_of("{#x .notes lang=zh}");
    assert_true(outline_div_is(&div, "notes"));
    div.info = span_of("{.notes}");
    assert_true(outline_div_is(&div, "notes"));
    div.info = span_of("{.notes2}");
    assert_false(outline_div_is(&div, "notes"));
    div.info = span_of("");
    assert_false(outline_div_is(&div, "notes"));
}

/* Type ---------------------------------------------------------------------- */

static void add_lines(struct buf *out, const char *fence, unsigned lines, unsigned columns)
{
    buf_addf(out, "```%s\n", fence);
    for (unsigned i = 0; i < lines; i++) {
        buf_fill(out, 'x', columns);
        buf_addc(out, '\n');
    }
    buf_adds(out, "```\n");
}

static void assert_size(struct buf *markdown, unsigned tenths)
{
    struct deck deck;

    open_deck(&deck, buf_string(markdown));
    type_size_set(&deck.outline, true, &deck.diags);
    assert_int_equal(deck.outline.slides[0].code_tenths, tenths);
    close_deck(&deck);
    buf_free(markdown);
}

/* 1368 px / (85 x 0.602 + 1.8) */
TEST(a_wide_listing_has_the_slide_to_itself)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "c", 3, 80);
    assert_size(&markdown, 258);
}

/* 1348 px / (55 x 0.602 + 1.8 + 30 x 0.602 + 1.8); 20 px lie between them. */
TEST(a_pair_shares_the_width)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "c", 12, 50);
    buf_addc(&markdown, '\n');
    add_lines(&markdown, "output", 12, 30);
    assert_size(&markdown, 246);
}

/* 1368 px / (55 x 0.602 + 1.8), for the output needs no width of its own there */
TEST(an_output_stands_below_where_both_are_larger_for_it)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "c", 3, 50);
    buf_addc(&markdown, '\n');
    add_lines(&markdown, "output", 3, 30);
    assert_size(&markdown, 391);
}

/* (802 px - 2 x 60) / (15 x 1.42 + 2 x 1.44): one by 0.964 smaller, but the slide is full. */
TEST(an_output_stands_below_where_both_are_hardly_smaller_for_it)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "c", 12, 47);
    buf_addc(&markdown, '\n');
    add_lines(&markdown, "output", 3, 20);
    assert_size(&markdown, 282);
}

/* 1368 px / (52 x 0.602 + 1.8): two lines of 52 columns hold it as two of 80 do. */
TEST(a_line_that_may_be_broken_is_broken_where_the_type_is_largest)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "output!", 3, 92);
    assert_size(&markdown, 413);
}

/* As high as the higher of the two, which are one row. */
TEST(a_row_is_as_high_as_its_highest)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n::: {.row}\n");
    add_lines(&markdown, "c", 20, 10);
    buf_addc(&markdown, '\n');
    buf_adds(&markdown, "```outcomes {of=p .list}\nfirst\n---\nsecond\n---\nthird\n```\n:::\n");
    assert_size(&markdown, 248);
}

/* (1368 px - 2 x 20) / 3 / (17 x 0.602 + 1.8) */
TEST(three_in_a_row_share_the_width)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n::: {.row}\n");
    for (int i = 0; i < 3; i++) {
        add_lines(&markdown, "output {of=p}", 2, 17);
        buf_addc(&markdown, '\n');
    }
    buf_adds(&markdown, ":::\n");
    assert_size(&markdown, 367);
}

/* All lines of a list are shown, but for those that part its outcomes. */
TEST(a_list_is_as_high_as_all_its_outcomes)
{
    struct deck deck;

    open_deck(&deck, "# A\n\n```outcomes {of=p .list}\na\nb\n---\nc\n```\n\n"
                     "```outcomes {of=p}\na\nb\n---\nc\n```\n");
    assert_int_equal(outline_height(&deck.outline.chapter->blocks[1]), 3);
    assert_int_equal(outline_height(&deck.outline.chapter->blocks[2]), 2);
    close_deck(&deck);
}

/* (802 px - 60) / (20 x 1.42 + 1.44) */
TEST(a_long_listing_is_set_by_its_height)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "c", 20, 10);
    assert_size(&markdown, 248);
}

TEST(few_lines_are_set_in_the_largest_type_and_none_in_none)
{
    struct buf markdown = {0};

    buf_adds(&markdown, "# A\n\n");
    add_lines(&markdown, "c", 1, 1);
    assert_size(&markdown, 10 * TYPE_SIZE_MOST);
    buf_adds(&markdown, "# A\n\ntext\n");
    assert_size(&markdown, 0);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
