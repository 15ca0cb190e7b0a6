#include "heddle/new.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
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
    "clean:\n"
    "\trm -rf build\n"
    ".PHONY: pages test serve clean force\n"
    "\n"
    "ifneq ($(MAKECMDGOALS),clean)\n"
    "-include build/book.mk\n"
    "endif\n"
    "build/book.mk: force\n"
    "\t@\"$(HEDDLE)\" tangle -q\n";

static const char gitignore[] = "/build/\n";

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

/* Making them ----------------------------------------------------------------- */

/* A folder that is not there yet, or holds nothing. */
static bool is_free(const char *path, struct diags *diags)
{
    DIR *folder = opendir(path);
    const struct dirent *entry = NULL;

    if (folder == NULL && errno == ENOENT)
        return true;
    if (folder == NULL) {
        diag_system(diags, "cannot make a book in \"%s\": %s", path, strerror(errno));
        return false;
    }
    do
        entry = readdir(folder);
    while (entry != NULL && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    closedir(folder);
    if (entry != NULL)
        diag_system(diags, "\"%s\" holds something already; name a new folder", path);
    return entry == NULL;
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

/* Its own words are not ours; NULL ends the list. */
static bool run_git(const char *const argv[])
{
    struct process_result result;
    int err = process_run(argv,
                          &(const struct process_options){
                              .stdout_to = PROCESS_DEVNULL,
                              .stderr_to = PROCESS_DEVNULL,
                          },
                          &result);
    bool done = err == 0 && result.returncode == 0;

    process_result_destroy(&result);
    return done;
}

#define GIT(...) run_git((const char *const[]){"git", __VA_ARGS__, NULL})

bool new_commit(void)
{
    if (GIT("rev-parse", "--is-inside-work-tree") || !GIT("init", "-q"))
        return true;
    return GIT("add", ".") && GIT("commit", "-q", "-m", "A book that is proven");
}
