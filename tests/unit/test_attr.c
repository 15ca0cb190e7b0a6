#include "check.h"

#include "heddle/read/attr.h"

/* One info string, read as if it stood in a chapter. */
struct reading {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct attrs attrs;
    bool good;
};

static struct reading *read_info(struct reading *r, const char *info)
{
    *r = (struct reading){0};
    source_init(&r->source, &r->arena, "a.md", span_of(info));
    r->good = attr_parse(&r->attrs, &r->arena, &r->source, span_of(info), &r->diags);
    return r;
}

static void done(struct reading *r)
{
    diag_free(&r->diags);
    arena_free(&r->arena);
}

static void check_value(struct reading *r, const char *key, const char *value)
{
    const struct attr *attr = attr_get(&r->attrs, key);

    assert_non_null(attr);
    assert_span(attr->value, value);
}

TEST(both_notations_mean_the_same)
{
    static const char *const infos[] = {
        "c {#name .program file=x.c}",          "c{#name .program file=x.c}",
        "{.c #name .program file=x.c}",         "{#name .c file=x.c .program}",
        "{ .c  #name\t.program file=\"x.c\" }", "c   { .program #name file=x.c}  ",
    };

    for (size_t i = 0; i < sizeof infos / sizeof *infos; i++) {
        struct reading r;

        read_info(&r, infos[i]);
        assert_true(r.good);
        assert_true(r.attrs.braces);
        assert_span(r.attrs.language, "c");
        assert_span(r.attrs.id, "name");
        assert_true(attr_has_class(&r.attrs, "program"));
        assert_false(attr_has_class(&r.attrs, "c"));
        check_value(&r, "file", "x.c");
        assert_int_equal(r.attrs.count, 3);
        done(&r);
    }
}

TEST(first_word_is_the_language_without_braces)
{
    struct reading r;

    read_info(&r, "c some text");
    assert_true(r.good);
    assert_false(r.attrs.braces);
    assert_span(r.attrs.language, "c");
    assert_int_equal(r.attrs.count, 0);
    done(&r);
    read_info(&r, "");
    assert_true(r.good);
    assert_span(r.attrs.language, "");
    done(&r);
}

TEST(empty_braces_are_an_empty_list)
{
    struct reading r;

    read_info(&r, "c {}");
    assert_true(r.good);
    assert_span(r.attrs.language, "c");
    assert_int_equal(r.attrs.count, 0);
    done(&r);
}

TEST(classes_may_come_without_dot)
{
    struct reading r;

    read_info(&r, "{c program file=x.c}");
    assert_true(r.good);
    assert_span(r.attrs.language, "c");
    assert_true(attr_has_class(&r.attrs, "program"));
    done(&r);
}

TEST(quotes_hold_blanks_braces_and_escapes)
{
    struct reading r;
    struct arena arena = {0};

    read_info(&r, "output {of=p args=\"-n \\\"3 4\\\" } \\\\\" stdin=\"a\\nb\\tc\"}");
    assert_true(r.good);
    assert_true(attr_get(&r.attrs, "args")->quoted);
    assert_false(attr_get(&r.attrs, "of")->quoted);
    check_value(&r, "args", "-n \\\"3 4\\\" } \\\\");
    assert_span(attr_text(attr_get(&r.attrs, "args"), &arena), "-n \"3 4\" } \\");
    assert_span(attr_text(attr_get(&r.attrs, "stdin"), &arena), "a\nb\tc");
    assert_span(attr_text(attr_get(&r.attrs, "of"), &arena), "p");
    arena_free(&arena);
    done(&r);
}

TEST(blanks_may_stand_around_equals)
{
    struct reading r;

    read_info(&r, "c {file = x.c mode= \"0755\"}");
    assert_true(r.good);
    check_value(&r, "file", "x.c");
    check_value(&r, "mode", "0755");
    done(&r);
}

TEST(values_point_into_the_chapter)
{
    const char *info = "c {#name file=\"x.c\"}";
    struct reading r;

    read_info(&r, info);
    assert_ptr_equal(r.attrs.id.ptr, info + 4);
    assert_ptr_equal(attr_get(&r.attrs, "file")->value.ptr, info + 15);
    assert_ptr_equal(attr_get(&r.attrs, "file")->whole.ptr, info + 9);
    assert_span(attr_get(&r.attrs, "file")->whole, "file=\"x.c\"");
    assert_span(r.attrs.list[0].whole, "#name");
    done(&r);
}

TEST(faults_are_reported_where_they_stand)
{
    static const struct {
        const char *info;
        unsigned column;
    } cases[] = {
        {"c {file=\"x.c #a}", 9}, {"c {file=x.c", 3},    {"c {#a file=x.c} tail", 17},
        {"c {# file=x.c}", 4},    {"c {. file=x.c}", 4}, {"c {file=x.c =}", 13},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;

        read_info(&r, cases[i].info);
        assert_false(r.good);
        assert_int_equal(r.diags.errors, 1);
        assert_int_equal(r.diags.list[0].place.line, 1);
        assert_int_equal(r.diags.list[0].place.column, cases[i].column);
        done(&r);
    }
}

TEST(braces_of_other_tools_are_no_fault)
{
    static const char *const infos[] = {"js {1,3-5}", "{=html}", "c=12", "c {1}"};

    for (size_t i = 0; i < sizeof infos / sizeof *infos; i++) {
        struct reading r;

        read_info(&r, infos[i]);
        assert_true(r.good);
        assert_int_equal(r.attrs.id.len, 0);
        done(&r);
    }
}

static size_t near_misses(const char *info)
{
    struct reading r;
    size_t errors;

    read_info(&r, info);
    assert_true(r.good);
    attr_check_names(&r.attrs, &r.source, &r.diags);
    errors = r.diags.errors;
    done(&r);
    return errors;
}

TEST(near_misses_of_our_names_are_errors)
{
    assert_int_equal(near_misses("c {.compile-fial}"), 1);
    assert_int_equal(near_misses("c {.compile_fail}"), 1);
    assert_int_equal(near_misses("c {.compil-fial}"), 1);
    assert_int_equal(near_misses("c {.no-tagle .fragmetn}"), 2);
    assert_int_equal(near_misses("c {.programm file=x.c}"), 1);
    assert_int_equal(near_misses("output {of=p ordr=any}"), 1);
    assert_int_equal(near_misses("output {of=p oder=any statsu=1}"), 2);
    assert_int_equal(near_misses("c {flie=x.c}"), 1);
}

TEST(our_names_and_far_ones_pass)
{
    assert_int_equal(near_misses("c {.compile-fail .fragment .no-tangle .program}"), 0);
    assert_int_equal(near_misses("c {file=x mode=0755 link=m cflags=-O2}"), 0);
    assert_int_equal(near_misses("output {of=p status=1 signal=TERM stream=stderr order=any "
                                 "args=a stdin=b env=K timeout=5s}"),
                     0);
    assert_int_equal(near_misses("c {.numberLines startFrom=100 lang=zh title=x id=x}"), 0);
}

TEST(c_languages_are_those_with_line_directives)
{
    assert_true(attr_is_c_language(span_of("c")));
    assert_true(attr_is_c_language(span_of("cpp")));
    assert_true(attr_is_c_language(span_of("c++")));
    assert_true(attr_is_c_language(span_of("h")));
    assert_true(attr_is_c_language(span_of("C")));
    assert_true(attr_is_c_language(span_of("Cpp")));
    assert_false(attr_is_c_language(span_of("cs")));
    assert_false(attr_is_c_language(span_of("sh")));
    assert_false(attr_is_c_language(span_of("")));
}

int main(void)
{
    return tests_run(NULL, NULL);
}
