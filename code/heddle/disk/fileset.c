#include "heddle/disk/fileset.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/base/hash.h"
#include "heddle/base/path.h"
#include "heddle/disk/manifest.h"
#include "heddle/disk/staged.h"

struct entry {
    char *path; /* relative to the folder */
    bool staged;
    char waiting[STAGED_NAME]; /* what is staged */
    char hash[HASH_DIGITS + 1];
};

struct fileset {
    struct arena arena;
    const char *folder;
    int fd;             /* of the folder; -1 when it is missing and we only check */
    int parent_fd;      /* of the folder below it that was used last; -1: none */
    struct span parent; /* its path; files of one folder come one after the other */
    struct fileset_options options;
    struct diags *diags;
    size_t errors_before;
    struct manifest manifest;
    struct table added; /* path -> struct entry */
    struct entry **entries;
    size_t count, cap;
    char **made_dirs; /* to be removed again when the set is cancelled */
    size_t made_count, made_cap;
    const char *obstacle; /* what stood in the way to a parent */
    bool obstacle_is_link;
    bool by_hand;                  /* the file added last was edited by hand */
    bool told_tangle, told_stitch; /* the way out of what a check found is said once */
    int refused; /* why a file could not be staged; then more for the same reason */
    size_t refused_more;
    struct buf old_text; /* of the file that is being looked at */
};

const char *fileset_path_fault(struct span path)
{
    return span_is(path, manifest_name) ? "is where heddle keeps its list of files"
                                        : path_fault(path);
}

/* The folders on the way ---------------------------------------------------- */

__attribute__((format(printf, 4, 5))) static void report(struct fileset *set, struct place place,
                                                         const char *path, const char *format, ...)
{
    struct buf message = {0};
    va_list args;

    va_start(args, format);
    buf_addf(&message, "%s/%s ", set->folder, path);
    buf_addv(&message, format, args);
    va_end(args);
    diag_add(set->diags, DIAG_ERROR, place, 1, "%s", buf_string(&message));
    buf_free(&message);
}

static void remember_dir(struct fileset *set, const char *path, size_t len)
{
    *ARRAY_PUSH(set->made_dirs, set->made_count, set->made_cap) =
        arena_copy(&set->arena, path, len);
}

/* Open the folder `name` in `parent`, a folder of ours and no link. */
static int open_dir(struct fileset *set, int parent, const char *path, size_t len, const char *name,
                    bool make)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(parent, name, flags);

    if (fd < 0 && errno == ENOENT && make) {
        if (mkdirat(parent, name, 0777) == 0)
            remember_dir(set, path, len);
        fd = openat(parent, name, flags);
    }
    return fd;
}

static void forget_parent(struct fileset *set)
{
    if (set->parent_fd >= 0)
        close(set->parent_fd);
    set->parent_fd = -1;
}

/* One folder down at a time, so that no link on the way is followed. */
static int walk_down(struct fileset *set, const char *path, bool make)
{
    int fd = fcntl(set->fd, F_DUPFD_CLOEXEC, 3);
    const char *begin = path, *slash;

    while (fd >= 0 && (slash = strchr(begin, '/')) != NULL) {
        char *name = arena_copy(&set->arena, begin, (size_t)(slash - begin));
        int next = open_dir(set, fd, path, (size_t)(slash - path), name, make);
        int err = errno;

        if (next < 0) {
            struct stat status;

            set->obstacle = arena_copy(&set->arena, path, (size_t)(slash - path));
            set->obstacle_is_link =
                fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
        }
        close(fd);
        errno = err;
        fd = next;
        begin = slash + 1;
    }
    return fd;
}

/* The folder that holds `path`, which the set keeps open, and the path's last
 * piece; -1 and errno when there is none. ELOOP or ENOTDIR: a link or a file
 * stands in the way. */
static int open_parent(struct fileset *set, const char *path, const char **leaf, bool make)
{
    struct span folder = path_folder(span_of(path));

    *leaf = path + folder.len + (folder.len > 0);
    if (set->fd < 0) {
        errno = ENOENT;
        return -1;
    }
    if (set->parent_fd < 0 || !span_equal(folder, set->parent)) {
        forget_parent(set);
        set->parent_fd = walk_down(set, path, make);
        set->parent = (struct span){arena_copy(&set->arena, folder.ptr, folder.len), folder.len};
    }
    return set->parent_fd;
}

/* Opening ------------------------------------------------------------------- */

struct fileset *fileset_open(const char *folder, struct fileset_options options,
                             struct diags *diags)
{
    struct fileset *set = mem_alloc(sizeof *set);

    *set = (struct fileset){.folder = folder,
                            .options = options,
                            .diags = diags,
                            .errors_before = diags->errors,
                            .parent_fd = -1};
    set->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (set->fd < 0 && errno == ENOENT && !options.check && file_make_dirs(folder, diags))
        set->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (set->fd < 0 && !(errno == ENOENT && options.check)) {
        diag_system(diags, "cannot use the folder %s: %s", folder, strerror(errno));
        free(set);
        return NULL;
    }
    if (set->fd >= 0)
        manifest_read(&set->manifest, set->fd);
    return set;
}

/* Adding -------------------------------------------------------------------- */

/* What stands where a file is to go. */
struct old_file {
    bool exists, regular, link;
    bool executable;
    struct span text; /* until the next one is read */
};

/* O_NONBLOCK: opening a pipe that nobody writes to would wait. */
static int read_old(struct fileset *set, int parent, const char *leaf, struct old_file *old)
{
    int fd = openat(parent, leaf, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), err = 0;
    struct stat status;

    if (fd < 0 && errno == ENOENT)
        return 0;
    old->exists = true;
    old->link = fd < 0 && (errno == ELOOP || errno == EMLINK);
    if (fd < 0)
        return old->link || errno == ENXIO ? 0 : errno;
    if (fstat(fd, &status) != 0)
        err = errno;
    old->regular = err == 0 && S_ISREG(status.st_mode);
    old->executable = err == 0 && (status.st_mode & S_IXUSR) != 0;
    set->old_text.len = 0;
    if (old->regular)
        err = file_read_fd(fd, &set->old_text);
    old->text = buf_span(&set->old_text);
    close(fd);
    return err;
}

static bool keeps(struct fileset *set, struct entry *entry, struct place place)
{
    const char *listed = manifest_hash(&set->manifest, span_of(entry->path));

    if (!set->options.keep || listed == NULL)
        return false;
    snprintf(entry->hash, sizeof entry->hash, "%.*s", HASH_DIGITS, listed);
    diag_add(set->diags, DIAG_WARNING, place, 1, "%s/%s was edited by hand, and stays so",
             set->folder, entry->path);
    return true;
}

/* May the old file go? With its reason when not. */
static bool may_replace(struct fileset *set, struct entry *entry, const struct old_file *old,
                        struct place place)
{
    const char *path = entry->path;

    if (old->link || !old->regular) {
        report(set, place, path,
               old->link ? "is a symbolic link; heddle writes plain files only"
                         : "is not a plain file, so it cannot be written");
        return false;
    }
    if (set->options.force || manifest_lists(&set->manifest, span_of(path), old->text))
        return true;
    if (keeps(set, entry, place))
        return false;
    if (set->manifest.merging)
        report(set, place, path,
               "is neither side of the merge that %s/%s holds; settle the chapters, "
               "then write it anew with --force",
               set->folder, manifest_name);
    else if ((set->by_hand = manifest_hash(&set->manifest, span_of(path)) != NULL))
        report(set, place, path,
               "was edited by hand; heddle stitch moves the edit into the chapters, "
               "and --force gives it up");
    else
        report(set, place, path,
               "exists and heddle did not write it; move it away, "
               "or overwrite it with --force");
    return false;
}

static void stage(struct fileset *set, struct entry *entry, int parent, struct span text,
                  mode_t mode)
{
    int err = staged_write(parent, text, mode, STAGED_QUICK, entry->waiting);

    entry->staged = err == 0;
    if (err == 0)
        return;
    if (err == set->refused) {
        set->refused_more++;
        return;
    }
    set->refused = err;
    diag_system(set->diags, "cannot write %s/%s: %s", set->folder, entry->path, strerror(err));
}

static struct entry *new_entry(struct fileset *set, struct span path, struct span text)
{
    struct entry *entry = arena_alloc(&set->arena, sizeof *entry);

    entry->path = arena_copy(&set->arena, path.ptr, path.len);
    hash_text(text, entry->hash);
    *ARRAY_PUSH(set->entries, set->count, set->cap) = entry;
    *table_put(&set->added, span_of(entry->path)) = entry;
    return entry;
}

static void report_parent(struct fileset *set, const char *path, struct place place, int err)
{
    if (err == ELOOP || err == ENOTDIR)
        report(set, place, path, "cannot be written: %s/%s is %s", set->folder, set->obstacle,
               set->obstacle_is_link ? "a symbolic link" : "no folder");
    else
        diag_system(set->diags, "cannot write %s/%s: %s", set->folder, path, strerror(err));
}

static bool edited_by_hand(const struct fileset *set, const char *path, const struct old_file *old)
{
    return old->regular && !set->manifest.merging &&
           manifest_hash(&set->manifest, span_of(path)) != NULL &&
           !manifest_lists(&set->manifest, span_of(path), old->text);
}

/* What a check finds. The way out is the same for every file: it is said once. */
static void report_behind(struct fileset *set, const struct entry *entry,
                          const struct old_file *old, struct place place)
{
    bool by_hand = edited_by_hand(set, entry->path, old);
    bool *told = by_hand ? &set->told_stitch : &set->told_tangle;

    report(set, place, entry->path,
           !old->exists ? "is missing"
           : by_hand    ? "was edited by hand"
                        : "is out of step with this chapter");
    if (!*told && !set->manifest.merging)
        diag_note(set->diags, by_hand ? "heddle stitch moves such edits into the chapters"
                                      : "heddle tangle writes what is missing or out of step");
    *told = true;
}

static void add_checked(struct fileset *set, struct entry *entry, int parent, const char *leaf,
                        struct span text, mode_t mode, struct place place)
{
    struct old_file old = {0};
    int err = read_old(set, parent, leaf, &old);

    if (err != 0) {
        diag_system(set->diags, "cannot read %s/%s: %s", set->folder, entry->path, strerror(err));
    } else if (!old.regular || old.executable != ((mode & S_IXUSR) != 0) ||
               !span_equal(old.text, text)) {
        bool same = old.regular && span_equal(old.text, text);

        if (set->options.check)
            report_behind(set, entry, &old, place);
        else if (!old.exists || same || may_replace(set, entry, &old, place))
            stage(set, entry, parent, text, mode);
    }
}

bool fileset_add(struct fileset *set, struct span path, struct span text, mode_t mode,
                 struct place place)
{
    struct entry *entry = new_entry(set, path, text);
    const char *leaf;
    int parent = open_parent(set, entry->path, &leaf, !set->options.check);

    set->by_hand = false;
    if (parent >= 0) {
        add_checked(set, entry, parent, leaf, text, mode, place);
    } else if (set->options.check && errno == ENOENT) {
        report_behind(set, entry, &(struct old_file){0}, place);
    } else {
        report_parent(set, entry->path, place, errno);
    }
    return !set->by_hand;
}

/* Looking -------------------------------------------------------------------- */

int fileset_look(struct fileset *set, const char *path, struct fileset_file *file)
{
    struct old_file old = {0};
    const char *leaf;
    int parent = open_parent(set, path, &leaf, false);
    int err = parent >= 0 ? read_old(set, parent, leaf, &old) : errno == ENOENT ? 0 : errno;

    *file = (struct fileset_file){
        .exists = old.exists,
        .plain = old.regular,
        .executable = old.executable,
        .listed = manifest_hash(&set->manifest, span_of(path)) != NULL,
        .text = old.text,
    };
    return err;
}

bool fileset_wrote(const struct fileset *set, const char *path, struct span text)
{
    return manifest_lists(&set->manifest, span_of(path), text);
}

/* Ending -------------------------------------------------------------------- */

static void drop_staged(struct fileset *set, const struct entry *entry)
{
    const char *leaf;
    int parent = open_parent(set, entry->path, &leaf, false);

    if (parent >= 0)
        staged_drop(parent, entry->waiting);
}

static void free_set(struct fileset *set)
{
    forget_parent(set);
    if (set->fd >= 0)
        close(set->fd);
    manifest_free(&set->manifest);
    table_free(&set->added);
    buf_free(&set->old_text);
    free(set->entries);
    free(set->made_dirs);
    arena_free(&set->arena);
    free(set);
}

void fileset_cancel(struct fileset *set)
{
    if (set->refused_more > 0)
        diag_note(set->diags, "nor could %zu more files of %s be written: %s", set->refused_more,
                  set->folder, strerror(set->refused));
    for (size_t i = 0; i < set->count; i++)
        if (set->entries[i]->staged)
            drop_staged(set, set->entries[i]);
    while (set->made_count > 0) /* the deepest were made last */
        unlinkat(set->fd, set->made_dirs[--set->made_count], AT_REMOVEDIR);
    free_set(set);
}

/* Where a rename fails the manifest keeps what it said. */
static bool place_entry(struct fileset *set, struct entry *entry)
{
    const char *leaf, *listed = manifest_hash(&set->manifest, span_of(entry->path));
    int parent = open_parent(set, entry->path, &leaf, false);
    int err = parent >= 0 ? staged_place(parent, entry->waiting, leaf) : errno;

    if (err != 0) {
        diag_system(set->diags, "cannot replace %s/%s: %s", set->folder, entry->path,
                    strerror(err));
        snprintf(entry->hash, sizeof entry->hash, "%s", listed != NULL ? listed : "");
    }
    return err == 0;
}

/* A listed file that nothing makes any more: gone, unless someone edited it. */
static bool remove_stale(struct fileset *set, const char *path)
{
    const char *leaf;
    int parent = open_parent(set, path, &leaf, false);
    struct old_file old = {0};
    bool removed = false;

    if (parent < 0)
        return false;
    if (read_old(set, parent, leaf, &old) == 0 && old.regular) {
        if (set->options.force || manifest_lists(&set->manifest, span_of(path), old.text))
            removed = unlinkat(parent, leaf, 0) == 0;
        else
            diag_add(
                set->diags, DIAG_WARNING, (struct place){0}, 0,
                set->manifest.merging
                    ? "%s/%s was merged and no chapter makes it any more; it is yours now"
                    : "%s/%s was edited by hand and no chapter makes it any more; it is yours now",
                set->folder, path);
    }
    return removed;
}

/* The folders that a removed file leaves empty go with it. */
static void remove_empty_dirs(struct fileset *set, char *path)
{
    char *slash;

    while ((slash = strrchr(path, '/')) != NULL) {
        *slash = '\0';
        if (unlinkat(set->fd, path, AT_REMOVEDIR) != 0)
            return;
    }
}

static size_t visit_stale(struct fileset *set)
{
    size_t removed = 0;

    for (size_t i = 0; set->options.whole && i < set->manifest.count; i++) {
        struct span path = set->manifest.paths[i];
        char *copy;

        if (table_get(&set->added, path) != NULL)
            continue;
        copy = arena_copy(&set->arena, path.ptr, path.len);
        if (set->options.check)
            diag_add(set->diags, DIAG_ERROR, (struct place){0}, 0,
                     "%s/%s is made by no chapter any more", set->folder, copy);
        else if (remove_stale(set, copy)) {
            removed++;
            remove_empty_dirs(set, copy);
        }
    }
    return removed;
}

/* Every file of this set, and those listed before that this set says nothing
 * of (when it is not the whole). */
static void write_manifest(struct fileset *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->entries[i]->hash[0] != '\0')
            manifest_put(&set->manifest, set->entries[i]->hash, span_of(set->entries[i]->path));
    for (size_t i = 0; !set->options.whole && i < set->manifest.count; i++) {
        struct span path = set->manifest.paths[i];

        if (table_get(&set->added, path) == NULL)
            manifest_put(&set->manifest, manifest_hash(&set->manifest, path), path);
    }
    manifest_write(&set->manifest, set->folder, set->diags);
}

/* Each folder of the set once: a run that was killed leaves what it staged. */
static void sweep(struct fileset *set)
{
    struct table swept = {0};

    staged_sweep(set->fd);
    *table_put(&swept, span_of("")) = set;
    for (size_t i = 0; i < set->count; i++) {
        const char *leaf, *path = set->entries[i]->path;
        void **slot = table_put(&swept, path_folder(span_of(path)));
        int parent = *slot == NULL ? open_parent(set, path, &leaf, false) : -1;

        if (parent >= 0)
            staged_sweep(parent);
        *slot = set;
    }
    table_free(&swept);
}

static void check_manifest(struct fileset *set)
{
    if (set->manifest.merging)
        diag_add(set->diags, DIAG_ERROR, (struct place){0}, 0,
                 "%s/%s holds both sides of a merge; settle the chapters, then run heddle tangle",
                 set->folder, manifest_name);
    visit_stale(set);
}

bool fileset_commit(struct fileset *set, struct fileset_counts *counts)
{
    size_t errors = set->errors_before;
    struct diags *diags = set->diags;

    *counts = (struct fileset_counts){0};
    if (diags->errors > errors || set->options.check) {
        if (set->options.check)
            check_manifest(set);
        fileset_cancel(set);
        return diags->errors == errors;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (!set->entries[i]->staged) {
            counts->unchanged++;
            continue;
        }
        counts->written += place_entry(set, set->entries[i]);
    }
    sweep(set);
    counts->removed = visit_stale(set);
    write_manifest(set);
    free_set(set);
    return diags->errors == errors;
}
