#include "check.h"

#include "heddle/base/arena.h"
#include "heddle/base/hash.h"
#include "heddle/base/path.h"
#include "heddle/disk/fileset.h"

TEST(a_path_has_a_folder_a_name_and_a_stem)
{
    static const struct {
        const char *path, *folder, *name, *stem;
    } paths[] = {
        {"lib/queue.c", "lib", "queue.c", "queue"},
        {"queue.c", "", "queue.c", "queue"},
        {"/queue", "", "queue", "queue"},
        {"a/b.d/c", "a/b.d", "c", "c"},
        {"a/b.tar.gz", "a", "b.tar.gz", "b.tar"},
        {"a/.hidden", "a", ".hidden", ".hidden"},
        {"a/.hidden.c", "a", ".hidden.c", ".hidden"},
        {"a/", "a", "", ""},
        {"", "", "", ""},
    };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct span path = span_of(paths[i].path);

        assert_span(path_folder(path), paths[i].folder);
        assert_span(path_name(path), paths[i].name);
        assert_span(path_stem(path), paths[i].stem);
    }
}

TEST(one_file_has_one_plain_path)
{
    static const char *const same[] = {"a/b.c", "./a/b.c", "a//b.c", "a/./b.c", "././a///./b.c"};
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_span(path_plain(span_of(same[i]), &arena), "a/b.c");
    assert_span(path_plain(span_of("/a"), &arena), "/a");
    assert_span(path_plain(span_of("../a"), &arena), "../a");
    arena_free(&arena);
}

TEST(a_path_is_seen_from_further_up)
{
    struct arena arena = {0};

    assert_span(path_join(span_of("code/lib"), span_of("a.c"), &arena), "code/lib/a.c");
    assert_span(path_join(span_of("code/lib"), span_of("../b/./a.c"), &arena), "code/b/a.c");
    assert_span(path_join(span_of("code"), span_of("../../a.c"), &arena), "../a.c");
    assert_span(path_join(span_of("code"), span_of("../../../a.c"), &arena), "../../a.c");
    assert_span(path_join(span_of("code"), span_of("/a.c"), &arena), "/a.c");
    assert_span(path_join(span_of("code"), span_of(".."), &arena), ".");
    assert_span(path_join(span_of("code"), span_of("lib/"), &arena), "code/lib");
    arena_free(&arena);
}

TEST(what_is_below_a_folder_loses_it)
{
    assert_span(path_below(span_of("code/lib/a.c"), "code"), "lib/a.c");
    assert_span(path_below(span_of("./code/a.c"), "code"), "a.c");
    assert_span(path_below(span_of("codex/a.c"), "code"), "codex/a.c");
    assert_span(path_below(span_of("code"), "code"), "code");
}

TEST(paths_that_leave_a_folder_have_a_fault)
{
    static const char *const bad[] = {"",     "/",      "/a",           "..",   "../a",
                                      "a/..", "a/../b", "a/b/../../..", ".",    "./",
                                      "a/.",  "a//b",   "a/",           "a\nb", "a\x7f",
                                      "a\\b", "\x01"};
    static const char *const good[] = {"a",     "a/b", "a/b.c", ".a",           "a..b", "...",
                                       "a/...", "..a", "a b",   "\xe4\xbd\x87", "-n",   "~"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (path_fault(span_of(bad[i])) == NULL)
            fail_msg("\"%s\" passes", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (path_fault(span_of(good[i])) != NULL)
            fail_msg("\"%s\" %s", good[i], path_fault(span_of(good[i])));
}

TEST(only_the_list_itself_is_no_file_of_a_set)
{
    assert_non_null(fileset_path_fault(span_of(".tangled")));
    assert_null(fileset_path_fault(span_of("a/.tangled")));
    assert_non_null(fileset_path_fault(span_of("../a")));
}

TEST(hash_is_that_of_xxh128sum)
{
    char digits[HASH_DIGITS + 1];

    hash_text(span_of(""), digits);
    assert_string_equal(digits, "99aa06d3014798d86001c324468d497f");
    hash_text(span_of("a"), digits);
    assert_string_equal(digits, "a96faf705af16834e6c632b61e964e1f");
}

TEST(what_is_beside_a_file_is_in_its_folder)
{
    struct arena arena = {0};

    assert_span(path_beside(span_of("a/b/c.md"), span_of("x.json"), &arena), "a/b/x.json");
    assert_span(path_beside(span_of("c.md"), span_of("x.json"), &arena), "x.json");
    assert_span(path_beside(span_of("/c.md"), span_of("../x"), &arena), "/../x");
    assert_string_equal(path_beside(span_of(""), span_of("x"), &arena).ptr, "x");
    arena_free(&arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
