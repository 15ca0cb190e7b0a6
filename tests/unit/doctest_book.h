/*
 * A small book in a folder of its own, for tests of the doc test engine: its
 * chapter is written, loaded and tangled, its programs are built as make would.
 */
#ifndef HEDDLE_TESTS_DOCTEST_BOOK_H
#define HEDDLE_TESTS_DOCTEST_BOOK_H

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "heddle/tangle/outputs.h"
#include "heddle/web/load.h"
#include "heddle/doctest/doctest.h"
#include "heddle/disk/file.h"
#include "heddle/system/sandbox.h"
#include "lib/process.h"
#include "under_valgrind.h"
#include "folder.h"

struct book {
    char *folder;
    struct web web;
    struct diags diags;
    struct doctest_list list;
    bool good;           /* what doctest_collect() said */
    struct buf messages; /* of all tests that were run */
    struct buf names;
    size_t passed, failed;
};

static const struct doctest_options defaults;

static inline void enter_folder(struct book *book)
{
    *book = (struct book){.folder = sandbox_open()};
    assert_non_null(book->folder);
    assert_int_equal(chdir(book->folder), 0);
}

static inline void load(struct book *book)
{
    if (!web_load(&book->web, NULL, 0, &book->diags)) {
        diag_print(&book->diags, stderr, false);
        fail_msg("the book does not load");
    }
    book->good = doctest_collect(&book->list, &book->web, &book->diags);
}

/* Twins and programs, as make would. */
static inline void build(struct book *book)
{
    const struct outputs outputs = {.annotated = "build/annotated", .whole = true};
    struct fileset_counts counts;

    assert_true(outputs_write(&book->web, &outputs, &counts, &book->diags));
    assert_true(file_make_dirs("build/bin", &book->diags));
    for (size_t i = 0; i < book->web.target_count; i++) {
        const struct target *target = book->web.targets[i];
        struct process_result result;
        char source[256], binary[256];

        if (!target->program)
            continue;
        snprintf(source, sizeof source, "build/annotated/%.*s", SPAN_ARG(target->path));
        snprintf(binary, sizeof binary, "build/bin/%.*s", SPAN_ARG(target->name));
        assert_int_equal(PROCESS_RUN(&result,
                                     PROCESS_ARGV("cc", "-w", "-pthread", "-o", binary, source),
                                     .check = true),
                         0);
        process_result_destroy(&result);
    }
}

static inline void open_book(struct book *book, const char *chapter)
{
    enter_folder(book);
    put_file("chapters/one.md", chapter);
    load(book);
}

static inline void note(void *context, const struct doctest *test, struct doctest_result *result)
{
    struct book *book = context;

    buf_addf(&book->names, "%s\n", test->name);
    buf_add(&book->messages, buf_span(&result->message));
    book->passed += result->outcome == DOCTEST_PASSED;
    book->failed += result->outcome != DOCTEST_PASSED;
}

static inline void run(struct book *book)
{
    doctest_run_each(&book->list, &defaults, note, book);
}

static inline void close_book(struct book *book)
{
    assert_int_equal(chdir("/"), 0);
    assert_true(sandbox_close(book->folder));
    doctest_free(&book->list);
    web_free(&book->web);
    diag_free(&book->diags);
    buf_free(&book->messages);
    buf_free(&book->names);
}

/* A book with one program `p`, whose main() is `body`, and these blocks. */
static inline void open_program(struct book *book, const char *body, const char *blocks)
{
    struct buf text = {0};

    buf_addf(&text,
             "# One\n\n```c {file=p.c .program}\n"
             "#define _DEFAULT_SOURCE\n"
             "#include <fcntl.h>\n#include <signal.h>\n#include <stdio.h>\n"
             "#include <stdlib.h>\n#include <string.h>\n#include <sys/resource.h>\n"
             "#include <sys/stat.h>\n"
             "#include <unistd.h>\n"
             "int main(int argc, char **argv)\n{\n%s\nreturn 0;\n}\n```\n\n%s",
             body, blocks);
    open_book(book, buf_string(&text));
    buf_free(&text);
    if (!book->good) {
        diag_print(&book->diags, stderr, false);
        fail_msg("the doc tests cannot be read");
    }
    build(book);
    run(book);
}

static inline void assert_program_passes(const char *body, const char *blocks)
{
    struct book book;

    open_program(&book, body, blocks);
    assert_string_equal(buf_string(&book.messages), "");
    assert_int_equal(book.failed, 0);
    assert_true(book.passed > 0);
    close_book(&book);
}

static inline void assert_program_says(const char *body, const char *blocks, const char *wanted)
{
    struct book book;

    open_program(&book, body, blocks);
    assert_int_equal(book.passed, 0);
    assert_string_equal(buf_string(&book.messages), wanted);
    close_book(&book);
}

#endif
