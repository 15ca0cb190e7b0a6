#include "heddle/system/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/disk/file.h"
#include "heddle/system/isolate.h"
#include "heddle/system/orphans.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char **environ;

/* The guard ------------------------------------------------------------------ */

void sandbox_guard_begin(struct sandbox_guard *guard)
{
    struct rlimit none;

    *guard = (struct sandbox_guard){0};
    guard->known = orphans_children(&guard->known_count);
    getrlimit(RLIMIT_CORE, &guard->core);
    none = guard->core;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_GET_CHILD_SUBREAPER, &guard->was_subreaper);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
}

void sandbox_guard_end(struct sandbox_guard *guard)
{
    orphans_end_all(guard->known, guard->known_count);
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, guard->was_subreaper);
#endif
    setrlimit(RLIMIT_CORE, &guard->core);
    free(guard->known);
}

/* The directory -------------------------------------------------------------- */

char *sandbox_open(void)
{
    const char *base = getenv("TMPDIR");
    struct buf path = {0};

    if (base == NULL || base[0] != '/')
        base = "/tmp";
    buf_addf(&path, "%s/heddle-XXXXXX", base);
    buf_string(&path);
    if (mkdtemp(path.ptr) != NULL)
        return path.ptr;
    buf_free(&path);
    return NULL;
}

static bool remove_tree(int parent, const char *name);

static bool remove_entries(DIR *folder)
{
    bool removed = true;
    struct dirent *entry;

    while ((entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !remove_tree(dirfd(folder), entry->d_name))
            removed = false;
    return removed;
}

/* A folder without its read or search bit can still be removed by its owner.
 * The name may have become a link meanwhile: nobody is left to do that. */
static int open_folder(int parent, const char *name)
{
    const int how = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(parent, name, how);
    struct stat about;

    if (fd < 0 && errno == EACCES && fstatat(parent, name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISDIR(about.st_mode) && fchmodat(parent, name, S_IRWXU, 0) == 0)
        fd = openat(parent, name, how);
    return fd;
}

/* Remove a file, a link or a folder with all it holds. As deep as there are
 * descriptors. */
static bool remove_tree(int parent, const char *name)
{
    DIR *folder;
    int fd;

    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    fd = open_folder(parent, name);
    folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    fchmod(fd, S_IRWXU);
    remove_entries(folder);
    closedir(folder);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

bool sandbox_close(char *sandbox)
{
    bool removed;

    orphans_end_of(sandbox);
    removed = remove_tree(AT_FDCWD, sandbox);
    free(sandbox);
    return removed;
}

static int make_folders(char *path, size_t from)
{
    for (size_t i = from; path[i] != '\0'; i++) {
        int err = 0;

        if (path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)
            err = errno;
        path[i] = '/';
        if (err != 0)
            return err;
    }
    return 0;
}

int sandbox_add(const char *sandbox, struct span path, struct span text, mode_t mode)
{
    struct buf whole = {0};
    int fd, err;

    buf_addf(&whole, "%s/%.*s", sandbox, SPAN_ARG(path));
    buf_string(&whole);
    err = make_folders(whole.ptr, strlen(sandbox) + 1);
    fd = err == 0 ? open(whole.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) : -1;
    if (err == 0)
        err = fd < 0 ? errno : file_write_fd(fd, text);
    if (fd >= 0 && close(fd) != 0 && err == 0)
        err = errno;
    buf_free(&whole);
    return err;
}

/* The run -------------------------------------------------------------------- */

struct environment {
    const char **list;
    size_t count, cap;
};

static bool names_equal(const char *a, const char *b)
{
    size_t len = strcspn(a, "=");

    return len == strcspn(b, "=") && memcmp(a, b, len) == 0;
}

/* The first value of a name is the one that counts. */
static void add_variable(struct environment *environment, const char *variable)
{
    for (size_t i = 0; i < environment->count; i++)
        if (names_equal(environment->list[i], variable))
            return;
    *ARRAY_PUSH(environment->list, environment->count, environment->cap) = variable;
}

/* Settings of the tools that the programs may be built with. */
static bool is_passed_on(const char *variable)
{
    struct span name = {variable, strcspn(variable, "=")};

    return span_is(name, "PATH") || span_ends(name, "SAN_OPTIONS") || span_starts(name, "GCOV_") ||
           span_is(name, "LLVM_PROFILE_FILE");
}

static void fill_environment(struct environment *environment, const struct shell_words *env,
                             const char *home, const char *tmpdir)
{
    for (size_t i = 0; i < env->count; i++)
        add_variable(environment, env->list[i]);
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
        if (is_passed_on(*variable))
            add_variable(environment, *variable);
    add_variable(environment, "PATH=/usr/local/bin:/usr/bin:/bin");
    add_variable(environment, home);
    add_variable(environment, tmpdir);
    add_variable(environment, "LC_ALL=C.UTF-8");
    *ARRAY_PUSH(environment->list, environment->count, environment->cap) = NULL;
}

int64_t sandbox_stretch(int64_t limit_ms, double wanting, long processors)
{
    double share = processors > 0 ? wanting / (double)processors : 1;

    return share > 1 ? (int64_t)((double)limit_ms * share) : limit_ms;
}

/* On average in the last minute, or at this moment if that is more. */
static double wanting_to_run(void)
{
    FILE *file = fopen("/proc/loadavg", "re");
    double average = 0, now = 0;

    if (file == NULL)
        return 0;
    if (fscanf(file, "%lf %*f %*f %lf", &average, &now) < 2)
        now = 0;
    fclose(file);
    return average > now ? average : now;
}

int sandbox_run(const char *sandbox, const struct sandbox_call *call, struct process_result *result)
{
    const int64_t limit_ms =
        sandbox_stretch(call->timeout_ms, wanting_to_run(), sysconf(_SC_NPROCESSORS_ONLN));
    struct environment environment = {0};
    struct buf home = {0}, tmpdir = {0};
    struct arena arena = {0};
    const char *const *argv = call->argv;
    int err;

    if (call->isolated)
        argv = isolate_command(&arena, sandbox, call->program, argv);
    buf_addf(&home, "HOME=%s", sandbox);
    buf_addf(&tmpdir, "TMPDIR=%s", sandbox);
    fill_environment(&environment, &call->env, buf_string(&home), buf_string(&tmpdir));
    err = process_run(argv,
                      &(const struct process_options){
                          .executable = call->isolated ? NULL : call->program,
                          .input = call->input.len > 0 ? call->input.ptr : "",
                          .input_size = call->input.len,
                          .stdout_to = PROCESS_PIPE,
                          .stderr_to = call->one_stream ? PROCESS_STDOUT : PROCESS_PIPE,
                          .output_limit = SANDBOX_MOST_OUTPUT,
                          .timeout_ms = limit_ms,
                          .env = environment.list,
                          .cwd = sandbox,
                          .new_group = true,
                          .end_group = true,
                          .death_signal = SIGKILL,
                      },
                      result);
    if (call->isolated)
        isolate_ending(result);
    arena_free(&arena);
    free(environment.list);
    buf_free(&home);
    buf_free(&tmpdir);
    return err;
}
