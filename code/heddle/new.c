#include "heddle/new.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/disk/staged.h"
#include "lib/process.h"

/* The files ------------------------------------------------------------------- */

static const char first_chapter[] =
    "---\n"
    "title: \"A book that is proven\"\n"
    "---\n"
    "\n"
    "# Words that were printed {#words}\n"
    "\n"
    "Each program here is compiled and run, and what the page shows is what it printed.\n"
    "\n"
    "``` {.c #say-hello}\n"
    "printf(\"hello, %s\\n\", argc > 1 ? argv[1] : \"loom\");\n"
    "```\n"
    "\n"
    "```output {of=hello}\n"
    "hello, loom\n"
    "```\n"
    "\n"
    "```output {of=hello args=\"reader\"}\n"
    "hello, reader\n"
    "```\n"
    "\n"
    "::: notes\n"
    "What stands here is for the speaker: the room does not see it.\n"
    ":::\n"
    "\n"
    "::: book\n"
    "And this is for the reader of the book: the program around that line.\n"
    "\n"
    "``` {.c .program file=hello.c}\n"
    "#include <stdio.h>\n"
    "\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    <<say-hello>>\n"
    "    return 0;\n"
    "}\n"
    "```\n"
    ":::\n"
    "\n"
    "## What changes from run to run {#pattern}\n"
    "\n"
    "A number may be given as a range, and `[..]` stands for any text.\n"
    "\n"
    "``` {.c .program file=clock.c}\n"
    "#include <stdio.h>\n"
    "#include <time.h>\n"
    "\n"
    "int main(void)\n"
    "{\n"
    "    printf(\"%.1f seconds of work\\n\", (double)clock() / CLOCKS_PER_SEC);\n"
    "    return 0;\n"
    "}\n"
    "```\n"
    "\n"
    "```output {of=clock}\n"
    "{{0.0..1.0}} seconds of work\n"
    "```\n"
    "\n"
    "## What must not compile {#refused}\n"
    "\n"
    "The compiler has to refuse this, for the reason that is shown.\n"
    "\n"
    "``` {.c .compile-fail}\n"
    "int main(void)\n"
    "{\n"
    "    return nothing;\n"
    "}\n"
    "```\n"
    "\n"
    "```output\n"
    "[..]'nothing'[..]\n"
    "```\n";

static const char second_chapter[] =
    "# Every outcome {#every-outcome}\n"
    "\n"
    "Two threads print a letter each. This is all that can happen, and it is proven: the program\n"
    "was run in every order that its threads can take.\n"
    "\n"
    "``` {.c #print-a-letter}\n"
    "static void *print_letter(void *letter)\n"
    "{\n"
    "    puts(letter);\n"
    "    return NULL;\n"
    "}\n"
    "```\n"
    "\n"
    "```outcomes {of=letters}\n"
    "a\n"
    "b\n"
    "---\n"
    "b\n"
    "a\n"
    "```\n"
    "\n"
    "::: book\n"
    "``` {.c .program file=letters.c}\n"
    "#include <pthread.h>\n"
    "#include <stdio.h>\n"
    "\n"
    "<<print-a-letter>>\n"
    "\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t a, b;\n"
    "\n"
    "    if (pthread_create(&a, NULL, print_letter, \"a\") != 0 ||\n"
    "        pthread_create(&b, NULL, print_letter, \"b\") != 0)\n"
    "        return 1;\n"
    "    pthread_join(a, NULL);\n"
    "    pthread_join(b, NULL);\n"
    "    return 0;\n"
    "}\n"
    "```\n"
    ":::\n";

/* What heddle tangles does not change on the disk unless it changed in the
 * chapters, so asking it each time costs nothing, and nothing goes stale. */
static const char makefile[] =
    "# make: the pages. make test: everything the chapters promise. make serve: the\n"
    "# pages in a browser, new after each save.\n"
    "HEDDLE ?= heddle\n"
    "PORT ?= 8000\n"
    "\n"
    "pages: book-programs\n"
    "\t@\"$(HEDDLE)\" weave\n"
    "test: book-programs\n"
    "\t@\"$(HEDDLE)\" test\n"
    "serve:\n"
    "\t@\"$(HEDDLE)\" serve --port $(PORT)\n"
    "# For editors: tags, and how each file is compiled.\n"
    "tags: force\n"
    "\t@\"$(HEDDLE)\" tags -- $(CC) $(BOOK_CFLAGS)\n"
    "clean:\n"
    "\trm -rf build\n"
    ".PHONY: pages test serve clean force\n"
    "\n"
    "ifneq ($(MAKECMDGOALS),clean)\n"
    "include build/book.mk\n"
    "endif\n"
    "build/book.mk: force\n"
    "\t@\"$(HEDDLE)\" tangle -q || { case $$? in 126|127) echo 'there is no heddle to run:' \\\n"
    "\t\t'install it, or say make HEDDLE=/where/it/is' >&2 ;; esac; false; }\n";

static const char gitignore[] = "/build/\n/tags\n/TAGS\n";

static const char workflow[] =
    "# Everything the chapters promise, at each push. HEDDLE_REPOSITORY, a variable of\n"
    "# the repository's settings, says where heddle comes from: OWNER/NAME.\n"
    "on: [push, pull_request]\n"
    "jobs:\n"
    "  test:\n"
    "    runs-on: ubuntu-latest\n"
    "    steps:\n"
    "      - uses: actions/checkout@v4\n"
    "      - uses: actions/checkout@v4\n"
    "        with:\n"
    "          repository: ${{ vars.HEDDLE_REPOSITORY }}\n"
    "          path: build/heddle\n"
    "      - run: make -C build/heddle deps && sudo make -C build/heddle install\n"
    "      - run: make test pages\n";

static const struct {
    const char *path, *text;
} files[] = {
    {"chapters/10-words.md", first_chapter},
    {"chapters/20-threads.md", second_chapter},
    {"Makefile", makefile},
    {".gitignore", gitignore},
    {".github/workflows/test.yml", workflow},
};

/* git ------------------------------------------------------------------------- */

/* Its own words are not ours; NULL ends the list. */
static bool run_git(const char *const argv[])
{
    struct process_result result;
    int err = process_run(argv,
                          &(const struct process_options){
                              .stdout_to = PROCESS_DEVNULL,
                              .stderr_to = PROCESS_DEVNULL,
                              .death_signal = SIGTERM, /* it takes its locks away */
                          },
                          &result);
    bool done = err == 0 && result.returncode == 0;

    process_result_destroy(&result);
    return done;
}

#define GIT(...) run_git((const char *const[]){"git", __VA_ARGS__, NULL})

/* Making them ----------------------------------------------------------------- */

/* What a heddle new that was killed may have left: names that it makes. */
static bool is_ours(const char *name)
{
    static const char *const names[] = {".",    "..",         "chapters", "code",   "build",
                                        ".git", ".gitignore", "Makefile", ".github"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (span_is(path_name(span_of(files[i].path)), name))
            return true;
    return span_starts(span_of(name), STAGED_PREFIX);
}

static bool holds_only_ours(DIR *folder)
{
    const struct dirent *entry;
    bool only = true;

    while (only && (entry = readdir(folder)) != NULL)
        only = is_ours(entry->d_name);
    return only;
}

/* As it was written; a file that is not there yet is, too. */
static bool is_untouched(const char *path, size_t file)
{
    struct arena arena = {0};
    struct diags ignored = {0};
    struct buf whole = {0};
    struct span text = {0};
    bool same;

    buf_addf(&whole, "%s/%s", path, files[file].path);
    same =
        !file_exists(buf_string(&whole)) ||
        (file_read(&arena, buf_string(&whole), &text, &ignored) && span_is(text, files[file].text));
    buf_free(&whole);
    diag_free(&ignored);
    arena_free(&arena);
    return same;
}

static bool is_committed(const char *path)
{
    struct buf git = {0};
    bool is;

    buf_addf(&git, "%s/.git", path);
    is = file_exists(buf_string(&git)) && GIT("-C", path, "rev-parse", "-q", "--verify", "HEAD");
    buf_free(&git);
    return is;
}

/* A folder that is not there yet, or holds nothing but what a book begins with: then
 * somebody was interrupted, and goes on. */
static bool is_free(const char *path, struct diags *diags)
{
    DIR *folder = opendir(path);
    bool free;

    if (folder == NULL && errno == ENOENT)
        return true;
    if (folder == NULL) {
        diag_system(diags, "cannot make a book in \"%s\": %s", path, strerror(errno));
        return false;
    }
    free = holds_only_ours(folder);
    closedir(folder);
    for (size_t i = 0; free && i < sizeof files / sizeof *files; i++)
        free = is_untouched(path, i);
    free = free && !is_committed(path);
    if (!free)
        diag_system(diags, "\"%s\" holds something already; name a new folder", path);
    return free;
}

static bool write_files(const char *path, struct diags *diags)
{
    bool written = true;

    for (size_t i = 0; i < sizeof files / sizeof *files && written; i++) {
        struct span below = path_folder(span_of(files[i].path));
        struct buf folder = {0}, whole = {0};

        buf_addf(&folder, "%s/%.*s", path, SPAN_ARG(below));
        buf_addf(&whole, "%s/%s", path, files[i].path);
        written = file_make_dirs(buf_string(&folder), diags) &&
                  file_replace(buf_string(&whole), span_of(files[i].text), diags);
        buf_free(&folder);
        buf_free(&whole);
    }
    return written;
}

bool new_write(const char *path, struct diags *diags)
{
    return is_free(path, diags) && write_files(path, diags);
}

/* Committing ------------------------------------------------------------------ */

bool new_commit(void)
{
    if ((!file_exists(".git") && GIT("rev-parse", "--is-inside-work-tree")) || !GIT("init", "-q"))
        return true;
    return GIT("add", ".") && GIT("commit", "-q", "-m", "A book that is proven");
}
