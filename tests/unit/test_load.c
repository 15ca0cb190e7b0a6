/*
 * A folder of chapters becomes a web.
 */
#include "folder.h"

#include "heddle/web/load.h"

FIXTURE(folder_enter, folder_leave);

struct loaded {
    struct web web;
    struct diags diags;
    bool good;
};

static struct loaded load(const char *const paths[], size_t count)
{
    struct loaded loaded = {0};

    loaded.good = web_load(&loaded.web, paths, count, &loaded.diags);
    return loaded;
}

static void assert_chapters(struct loaded *loaded, const char *const paths[])
{
    size_t count = 0;

    for (; paths[count] != NULL; count++) {
        assert_true(count < loaded->web.chapter_count);
        assert_string_equal(loaded->web.chapters[count].source.path, paths[count]);
    }
    assert_int_equal(loaded->web.chapter_count, count);
}

static void unload(struct loaded *loaded)
{
    web_free(&loaded->web);
    diag_free(&loaded->diags);
}

static void put_chapters(void)
{
    mkdir("chapters", 0777);
    mkdir("chapters/a", 0777);
    mkdir("chapters/.hidden", 0777);
    put_file("chapters/a/z.md", "z\n");
    put_file("chapters/a-b.md", "a-b\n");
    put_file("chapters/b.md", "b\n");
    put_file("chapters/.c.md", "```c\n");
    put_file("chapters/.hidden/d.md", "```c\n");
    put_file("chapters/e.txt", "```c\n");
}

TEST(chapters_come_folder_by_folder_without_the_hidden)
{
    struct loaded loaded;

    put_chapters();
    loaded = load(NULL, 0);
    assert_true(loaded.good);
    assert_chapters(&loaded, (const char *const[]){"chapters/a/z.md", "chapters/a-b.md",
                                                   "chapters/b.md", NULL});
    unload(&loaded);
}

TEST(a_chapter_named_twice_is_read_once)
{
    struct loaded loaded;

    put_chapters();
    loaded = load((const char *const[]){"./chapters/b.md", "chapters/a//", "chapters/b.md"}, 3);
    assert_true(loaded.good);
    assert_chapters(&loaded, (const char *const[]){"chapters/a/z.md", "chapters/b.md", NULL});
    unload(&loaded);
}

TEST(links_to_files_are_followed)
{
    struct loaded loaded;

    put_chapters();
    assert_int_equal(symlink("../b.md", "chapters/a/y.md"), 0);
    loaded = load((const char *const[]){"chapters/a"}, 1);
    assert_true(loaded.good);
    assert_chapters(&loaded, (const char *const[]){"chapters/a/y.md", "chapters/a/z.md", NULL});
    unload(&loaded);
}

/* It may lead in a circle; so it is not followed, and not left out in silence. */
TEST(a_link_to_a_folder_of_chapters_is_an_error)
{
    struct loaded loaded;

    put_chapters();
    assert_int_equal(symlink("..", "chapters/a/up"), 0);
    loaded = load((const char *const[]){"chapters/a"}, 1);
    assert_false(loaded.good);
    assert_non_null(strstr(loaded.diags.list[0].message, "chapters/a/up"));
    unload(&loaded);
}

/* Each message goes with its chapter, whichever thread read it first. */
TEST(messages_are_in_reading_order)
{
    enum { CHAPTERS = 40 };
    struct loaded loaded;
    char path[32];

    mkdir("chapters", 0777);
    for (int i = 0; i < CHAPTERS; i++) {
        snprintf(path, sizeof path, "chapters/%02d.md", i);
        put_file(path, "\n```c\nint x;\n");
    }
    loaded = load(NULL, 0);
    assert_false(loaded.good);
    assert_int_equal(loaded.diags.count, CHAPTERS);
    for (size_t i = 0; i < CHAPTERS; i++)
        assert_ptr_equal(loaded.diags.list[i].place.source, &loaded.web.chapters[i].source);
    unload(&loaded);
}

/* What an absent chapter defines would seem undefined. */
TEST(an_unreadable_chapter_is_the_only_error)
{
    struct loaded loaded;

    mkdir("chapters", 0777);
    put_file("chapters/a.md", "```c {file=a.c}\n<<b>>\n```\n");
    assert_int_equal(symlink("nowhere", "chapters/b.md"), 0);
    loaded = load(NULL, 0);
    assert_false(loaded.good);
    assert_true(loaded.diags.system_failed);
    assert_int_equal(loaded.diags.errors, 1);
    unload(&loaded);
}

TEST(no_chapter_at_all_is_an_error)
{
    struct loaded loaded;

    loaded = load(NULL, 0);
    assert_false(loaded.good);
    unload(&loaded);
    mkdir("chapters", 0777);
    loaded = load(NULL, 0);
    assert_false(loaded.good);
    assert_int_equal(loaded.diags.errors, 1);
    assert_string_equal(loaded.diags.list[0].message,
                        "there is no chapter (a file ending in .md) in chapters");
    unload(&loaded);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
