/*
 * An empty folder for one test: made and entered before it, left and removed
 * behind it.
 */
#ifndef HEDDLE_TESTS_FOLDER_H
#define HEDDLE_TESTS_FOLDER_H

#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder_path[4096], folder_before[4096];

static inline int folder_enter(void **state)
{
    const char *tmp = getenv("TMPDIR");

    (void)state;
    snprintf(folder_path, sizeof folder_path, "%s/heddle-test-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (getcwd(folder_before, sizeof folder_before) == NULL || mkdtemp(folder_path) == NULL)
        return -1;
    return chdir(folder_path);
}

/* What stands directly in a folder, each with its path; `folder` where it is one. */
static inline void each_below(const char *path,
                              void (*seen)(const char *below, bool folder, void *argument),
                              void *argument)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    struct buf below = {0};
    struct stat status;
    const char *name;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        below.len = 0;
        buf_addf(&below, "%s/%s", path, entry->d_name);
        name = buf_string(&below);
        seen(name, lstat(name, &status) == 0 && S_ISDIR(status.st_mode), argument);
    }
    if (dir != NULL)
        closedir(dir);
    buf_free(&below);
}

static inline void remove_below(const char *path, bool folder, void *argument)
{
    if (folder) {
        each_below(path, remove_below, argument);
        rmdir(path);
    } else {
        unlink(path);
    }
}

static inline void folder_remove(const char *path)
{
    remove_below(path, true, NULL);
}

static inline int folder_leave(void **state)
{
    (void)state;
    if (chdir(folder_before) != 0)
        return -1;
    folder_remove(folder_path);
    return 0;
}

/* Where folders above it are missing, they are made. */
static inline void put_file(const char *path, const char *text)
{
    char above[4096];
    FILE *file;

    for (const char *end = path; (end = strchr(end, '/')) != NULL; end++) {
        snprintf(above, sizeof above, "%.*s", (int)(end - path), path);
        mkdir(above, 0777);
    }
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* NULL text: there is no such file. */
static inline void check_file(const char *path, const char *text)
{
    char got[4096] = "";
    FILE *file = fopen(path, "rb");

    if (text == NULL) {
        assert_null(file);
        return;
    }
    if (file == NULL)
        fail_msg("there is no %s", path);
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(got, text);
}

static inline void add_below(const char *path, bool folder, void *list)
{
    if (folder)
        each_below(path, add_below, list);
    else
        buf_addf(list, "%s ", path);
}

/* Names of all files below, hidden ones too, each with a blank behind. */
static inline void list_below(const char *path, struct buf *list)
{
    each_below(path, add_below, list);
}

static inline size_t count_below(const char *path)
{
    struct buf list = {0};
    size_t count = 0;

    list_below(path, &list);
    for (size_t i = 0; i < list.len; i++)
        count += list.ptr[i] == ' ';
    buf_free(&list);
    return count;
}

static inline void make_old(const char *path)
{
    const struct timespec times[2] = {{1000, 0}, {1000, 0}};

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static inline bool is_old(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mtime == 1000;
}

static inline mode_t mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

#define FOLDER_TEST(claim) TEST_WITH(claim, folder_enter, folder_leave)

#endif
