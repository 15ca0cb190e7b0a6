/*
 * What stands beside a talk and says what separates it.
 */
#include "check.h"

#include "heddle/read/talk_settings.h"

struct read {
    struct arena arena;
    struct talk_settings settings;
};

static void read_json(struct read *read, const char *text)
{
    talk_settings_read_json(&read->settings, "reveal-md.json", span_of(text), &read->arena);
}

static void read_page(struct read *read, const char *text)
{
    talk_settings_read_page(&read->settings, "index.html", span_of(text), span_of("a/talk.md"),
                            &read->arena);
}

TEST(patterns_of_json_are_as_a_front_matter_has_them)
{
    struct read read = {0};

    read_json(&read, "{\n  \"theme\": \"separator\",\n  \"separator\" : \"^\\\\r?\\\\n---\\n$\",\n"
                     "  \"verticalSeparator\": \"<!-- \\\"v\\\" -->\", \"notesSeparator\": 1}");
    assert_span(read.settings.separator, "^\\r?\\n---\\n$");
    assert_span(read.settings.vertical, "<!-- \"v\" -->");
    assert_span(read.settings.notes, "");
    assert_string_equal(read.settings.file, "reveal-md.json");
    assert_false(read.settings.names_it);
    arena_free(&read.arena);
}

TEST(the_theme_stands_in_either)
{
    struct read read = {0}, page = {0};

    read_json(&read, "{\"theme\": \"css/own.css\"}");
    assert_span(read.settings.theme, "css/own.css");
    assert_string_equal(read.settings.theme_file, "reveal-md.json");
    assert_true(read.settings.reveal_md);
    read_page(&page, "<link href='dist/reveal.css'><link href='dist/theme/moon.css' id=theme>"
                     "<section data-markdown='talk.md'></section>");
    assert_span(page.settings.theme, "moon");
    assert_string_equal(page.settings.theme_file, "index.html");
    read_page(&page, "<link href='sky.css' id=theme><section data-markdown='talk.md'></section>");
    assert_span(page.settings.theme, "moon");
    assert_false(page.settings.reveal_md);
    arena_free(&read.arena);
    arena_free(&page.arena);
}

TEST(the_theme_of_another_talk_is_none)
{
    struct read page = {0};

    read_page(&page, "<link href='moon.css' id=theme><section data-markdown='b.md'></section>");
    assert_span(page.settings.theme, "");
    assert_null(page.settings.theme_file);
    arena_free(&page.arena);
}

TEST(damaged_json_says_nothing)
{
    static const char *const texts[] = {"",
                                        "{\"separator\"",
                                        "{\"separator\":",
                                        "{\"separator\":\"",
                                        "{\"separator\":\"a",
                                        "{\"separator\":\"a\\"};
    struct read read = {0};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        read_json(&read, texts[i]);
    assert_null(read.settings.file);
    arena_free(&read.arena);
}

TEST(a_page_speaks_of_the_talk_that_it_shows)
{
    struct read read = {0};

    read_page(&read,
              "<section data-markdown=\"other.md\" data-separator='x'></section>\n"
              "<section data-markdown='slides/talk.md'\n  data-separator = \"&lt;!--s--&gt;\"\n"
              "  data-separator-vertical=\"^>$\" data-separator-notes=\"^Say:\"></section>");
    assert_true(read.settings.names_it);
    assert_span(read.settings.separator, "<!--s-->");
    assert_span(read.settings.vertical, "^>$");
    assert_span(read.settings.notes, "^Say:");
    arena_free(&read.arena);
}

TEST(a_page_without_it_says_nothing)
{
    static const char *const texts[] = {"",
                                        "<section",
                                        "<section data-markdown",
                                        "<section data-markdown=",
                                        "<section data-markdown='talk.md",
                                        "<section data-markdown data-separator='x'>",
                                        "<section data-markdown=''>"};
    struct read read = {0};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        read_page(&read, texts[i]);
    assert_null(read.settings.file);
    assert_false(read.settings.names_it);
    arena_free(&read.arena);
}

TEST(what_is_said_first_counts)
{
    struct read read = {0};

    read_page(&read, "<section data-markdown='talk.md' data-separator='x'></section>");
    read_json(&read, "{\"separator\": \"y\", \"verticalSeparator\": \"z\"}");
    assert_span(read.settings.separator, "x");
    assert_span(read.settings.vertical, "z");
    arena_free(&read.arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
