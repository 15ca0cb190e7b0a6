#include "heddle/stitch/edits.h"

#include <string.h>
#include <sys/stat.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/disk/fileset.h"
#include "heddle/system/git_versions.h"
#include "heddle/tangle/outputs.h"
#include "heddle/tangle/tangle.h"

struct finder {
    struct edits *edits;
    struct arena *arena;
    const struct web *web;
    const char *folder;
    struct fileset *set;
    struct diags *diags;
};

/* One file that is looked at. */
struct looked {
    const struct finder *finder;
    const struct target *target;
    const char *path; /* below the folder */
    const char *name; /* with it */
    struct fileset_file file;
    struct span tangled;
};

__attribute__((format(printf, 2, 3))) static void refuse(const struct looked *looked,
                                                         const char *format, ...)
{
    struct buf message = {0};
    va_list args;

    va_start(args, format);
    buf_addf(&message, "%s ", looked->name);
    buf_addv(&message, format, args);
    va_end(args);
    diag_add(looked->finder->diags, DIAG_ERROR, target_place(looked->target), 1, "%s",
             buf_string(&message));
    buf_free(&message);
}

static bool is_base(const void *context, struct span text)
{
    const struct looked *looked = context;

    return fileset_wrote(looked->finder->set, looked->path, text);
}

/* The plain twin is what heddle wrote last, for tangling stops at an edited file. */
static bool find_kept(const struct looked *looked, struct span *base)
{
    struct arena *arena = looked->finder->arena;
    struct buf path = {0};
    bool kept;

    buf_addf(&path, "%s/%s", outputs_plain("build/annotated", arena), looked->path);
    kept = file_exists(buf_string(&path)) &&
           file_read(arena, path.ptr, base, looked->finder->diags) && is_base(looked, *base);
    buf_free(&path);
    return kept;
}

/* What heddle wrote, before somebody edited it. */
static bool find_base(const struct looked *looked, struct span *base)
{
    *base = looked->tangled;
    if (is_base(looked, *base) || find_kept(looked, base) ||
        git_version_find(looked->finder->arena, looked->name, is_base, looked, base))
        return true;
    refuse(looked,
           "was edited by hand, and its chapter since; what heddle wrote there is kept nowhere, so "
           "nobody knows which edit is which; put the chapter back as it was, and stitch first");
    return false;
}

static void take_edit(const struct looked *looked)
{
    struct edits *edits = looked->finder->edits;
    struct arena *arena = looked->finder->arena;
    struct stitch_edit edit = {.target = looked->target, .path = looked->name};

    edit.text.ptr = arena_copy(arena, looked->file.text.ptr, looked->file.text.len);
    edit.text.len = looked->file.text.len;
    if (find_base(looked, &edit.base))
        *ARRAY_PUSH_IN(arena, edits->list, edits->count, edits->cap) = edit;
}

static void look(const struct looked *looked)
{
    const struct fileset_file *file = &looked->file;
    bool executable = (looked->target->mode & S_IXUSR) != 0;

    if (!file->exists && file->listed)
        refuse(looked, "was removed, but this chapter makes it; heddle tangle writes it again");
    else if (!file->exists)
        return; /* never written */
    else if (!file->plain)
        refuse(looked, "is no plain file any more; make it one again, or move it away and tangle");
    else if (file->listed && file->executable != executable)
        refuse(looked, "has another mode than its block says; say mode=%s there",
               file->executable ? "0755" : "0644");
    else if (span_equal(file->text, looked->tangled) || is_base(looked, file->text))
        return; /* as it was written */
    else if (!file->listed)
        refuse(looked, "exists and heddle did not write it; move it away");
    else
        take_edit(looked);
}

static void look_at(const struct finder *finder, const struct target *target)
{
    struct looked looked = {.finder = finder, .target = target};
    struct buf name = {0}, text = {0};
    int err;

    buf_addf(&name, "%s/%.*s", finder->folder, SPAN_ARG(target->path));
    looked.path = arena_copy(finder->arena, target->path.ptr, target->path.len);
    looked.name = buf_take(&name, finder->arena).ptr;
    tangle_clean(target, &text);
    looked.tangled = buf_take(&text, finder->arena);
    err = fileset_look(finder->set, looked.path, &looked.file);
    if (err != 0)
        diag_system(finder->diags, "cannot read %s: %s", looked.name, strerror(err));
    else
        look(&looked);
}

static void look_at_path(const struct finder *finder, const char *path)
{
    struct span below = path_below(span_of(path), finder->folder), near;
    const struct target *target = table_get(&finder->web->paths, below);

    if (target != NULL) {
        look_at(finder, target);
        return;
    }
    diag_add(finder->diags, DIAG_ERROR, (struct place){0}, 0, "no chapter makes a file \"%s\"",
             path);
    if (table_nearest(&finder->web->paths, below, &near))
        diag_note(finder->diags, "did you mean \"%.*s\"?", SPAN_ARG(near));
}

bool edits_find(struct edits *edits, struct arena *arena, const struct web *web, const char *folder,
                const char *const *paths, size_t count, struct diags *diags)
{
    struct finder finder = {edits, arena, web, folder, NULL, diags};
    size_t errors = diags->errors;

    finder.set = fileset_open(folder, (struct fileset_options){.check = true}, diags);
    if (finder.set == NULL)
        return false;
    for (size_t i = 0; i < web->target_count && count == 0; i++)
        look_at(&finder, web->targets[i]);
    for (size_t i = 0; i < count; i++)
        look_at_path(&finder, paths[i]);
    fileset_cancel(finder.set);
    return diags->errors == errors;
}
