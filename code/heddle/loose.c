#include "heddle/loose.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "heddle/base/hash.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/installed.h"
#include "heddle/outcomes/launch.h"
#include "heddle/tangle/makefile.h"
#include "heddle/tangle/makefile_text.h"

bool loose_is_source(const char *name)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".C"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (span_ends(span_of(name), endings[i]))
            return true;
    return false;
}

/* The cache --------------------------------------------------------------------- */

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

/* One for each compiler and each heddle: another one brings another explorer. A
 * relative $XDG_CACHE_HOME is none, says its specification. */
static const char *cache_folder(const struct loose_options *options, struct arena *arena,
                                struct diags *diags)
{
    const char *cache = environment("XDG_CACHE_HOME"), *home = environment("HOME");
    const char *cc = environment("CC"), *cxx = environment("CXX");
    struct span program = {0};
    struct buf key = {0}, path = {0};
    char digits[HASH_DIGITS + 1];

    if (!file_read(arena, installed_program(arena), &program, diags))
        return NULL;
    if (cache != NULL && *cache == '/') {
        buf_addf(&path, "%s/heddle/", cache);
    } else if (home != NULL) {
        buf_addf(&path, "%s/.cache/heddle/", home);
    } else {
        diag_system(diags, "there is no place for what is built; set HOME or XDG_CACHE_HOME");
        return NULL;
    }
    buf_addf(&key, "%s\n%s\n%s\n", cc != NULL ? cc : "", cxx != NULL ? cxx : "", options->explorer);
    buf_add(&key, program);
    hash_text(buf_span(&key), digits);
    buf_adds(&path, digits);
    buf_free(&key);
    return buf_take(&path, arena).ptr;
}

/* Held until it is closed, or we become the program. */
static int lock(const char *folder, struct arena *arena, struct diags *diags)
{
    struct buf path = {0};
    const char *name;
    int fd;

    buf_addf(&path, "%s/lock", folder);
    name = buf_take(&path, arena).ptr;
    fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0 && flock(fd, LOCK_EX) == 0)
        return fd;
    diag_system(diags, "cannot lock %s: %s", name, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Building ---------------------------------------------------------------------- */

static bool are_there(const char *const sources[], size_t count, struct diags *diags)
{
    for (size_t i = 0; i < count; i++)
        if (access(sources[i], R_OK) != 0) {
            diag_system(diags, "cannot read %s: %s", sources[i], strerror(errno));
            return false;
        }
    return true;
}

/* The same words from the same place are the same program, and the next one replaces
 * it. */
static const char *program_path(const char *folder, const char *here, const char *source,
                                struct arena *arena)
{
    struct span name = path_stem(path_name(span_of(source)));
    struct buf key = {0}, path = {0};
    char digits[HASH_DIGITS + 1];

    buf_addf(&key, "%s\n%s", here, source);
    hash_text(buf_span(&key), digits);
    buf_addf(&path, "%s/programs/%s/%.*s", folder, digits, SPAN_ARG(name));
    buf_free(&key);
    return buf_take(&path, arena).ptr;
}

/* What loose.sh reads. The last source has a newline behind it as well. */
static bool tell(const char *const sources[], size_t count, const struct loose_options *options,
                 const char *here, const char *program)
{
    struct buf list = {0};
    bool plus = false, told;

    for (size_t i = 0; i < count; i++) {
        buf_addf(&list, "%s\n", sources[i]);
        plus = plus || !span_ends(span_of(sources[i]), ".c");
    }
    told = setenv("LOOSE_PLUS", plus ? "yes" : "", 1) == 0 &&
           setenv("LOOSE_SOURCES", buf_string(&list), 1) == 0 &&
           setenv("LOOSE_HERE", here, 1) == 0 && setenv("LOOSE_PROGRAM", program, 1) == 0 &&
           setenv("LOOSE_CFLAGS", options->cflags != NULL ? options->cflags : "", 1) == 0 &&
           setenv("LOOSE_LINK", options->link != NULL ? options->link : "", 1) == 0;
    buf_free(&list);
    return told;
}

/* The rules of a book without chapters, and one more. */
static bool write_rules(const char *folder, struct arena *arena, struct diags *diags)
{
    struct web none = {0};
    struct buf text = {0}, path = {0};
    bool written;

    makefile_write(&none, NULL, &text);
    buf_adds(&text, makefile_loose);
    buf_addf(&path, "%s/loose.mk", folder);
    written = file_replace(buf_take(&path, arena).ptr, buf_span(&text), diags);
    buf_free(&text);
    return written;
}

static const char *word(struct arena *arena, const char *before, const char *behind)
{
    struct buf text = {0};

    buf_addf(&text, "%s%s", before, behind);
    return buf_take(&text, arena).ptr;
}

/* V=1 below --silent: not a line for each file of the explorer's. */
static bool make(const char *folder, const char *explorer, struct arena *arena, struct diags *diags)
{
    char jobs[32];
    const char *const words[] = {"-C",
                                 folder,
                                 jobs,
                                 "V=1",
                                 "BOOK_OUT=.",
                                 "BOOK_EXPLORE_OUT=.",
                                 "BOOK_CFLAGS=-pthread",
                                 word(arena, "BOOK_EXPLORER=", explorer),
                                 "book-loose",
                                 NULL};

    snprintf(jobs, sizeof jobs, "-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
    if (!file_exists(word(arena, folder, "/obj/explorer.o")))
        fputs("heddle: compiling the explorer, this once\n", stderr);
    fflush(stderr);
    return launch_make("loose.mk", words, diags);
}

/* The lock is held. What make and compilers have to say they say themselves. */
static const char *build(const char *folder, const char *const sources[], size_t count,
                         const struct loose_options *options, struct arena *arena,
                         struct diags *diags)
{
    const char *program;
    char here[4096];

    if (getcwd(here, sizeof here) == NULL) {
        diag_system(diags, "cannot tell where we are: %s", strerror(errno));
        return NULL;
    }
    program = program_path(folder, here, sources[0], arena);
    if (!write_rules(folder, arena, diags) || !tell(sources, count, options, here, program))
        return NULL;
    if (make(folder, options->explorer, arena, diags) && file_exists(program))
        return program;
    diag_system(diags, "\"%s\" cannot be built to be explored", sources[0]);
    diag_note(diags, "files, --cflags and --link say what it is made of, as in: "
                     "heddle explore --cflags \"-Iinclude\" --link \"z\" main.c other.c");
    return NULL;
}

const char *loose_build(const char *const sources[], size_t count,
                        const struct loose_options *options, struct arena *arena,
                        struct diags *diags)
{
    const char *folder, *program = NULL;
    int locked;

    if (!are_there(sources, count, diags))
        return NULL;
    folder = cache_folder(options, arena, diags);
    if (folder == NULL || !file_make_dirs(folder, diags))
        return NULL;
    locked = lock(folder, arena, diags);
    if (locked >= 0) {
        program = build(folder, sources, count, options, arena, diags);
        close(locked);
    }
    return program;
}
