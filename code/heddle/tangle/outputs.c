#include "heddle/tangle/outputs.h"

#include "heddle/base/path.h"
#include "heddle/tangle/edited.h"
#include "heddle/tangle/makefile.h"
#include "heddle/tangle/tangle.h"

/* The error is at the place where the file begins; what was edited may be far. */
static void explain(const struct target *target, struct span text, const char *folder,
                    struct diags *diags)
{
    struct buf path = {0};

    buf_addf(&path, "%s/%.*s", folder, SPAN_ARG(target->path));
    edited_explain(target, text, buf_string(&path), diags);
    buf_free(&path);
}

static struct fileset *stage(const struct web *web, const char *folder,
                             void (*tangle)(const struct target *, struct buf *),
                             struct fileset_options options, struct diags *diags)
{
    struct fileset *set = folder != NULL ? fileset_open(folder, options, diags) : NULL;
    struct buf text = {0};

    for (size_t i = 0; set != NULL && i < web->target_count; i++) {
        const struct target *target = web->targets[i];

        text.len = 0;
        tangle(target, &text);
        if (!fileset_add(set, target->path, buf_span(&text), target->mode, target_place(target)))
            explain(target, buf_span(&text), folder, diags);
    }
    buf_free(&text);
    return set;
}

static void finish(struct fileset *set, bool fine, struct fileset_counts *counts)
{
    if (set == NULL)
        return;
    if (fine)
        fileset_commit(set, counts);
    else
        fileset_cancel(set);
}

static void write_makefile(const struct web *web, const struct outputs *outputs,
                           struct diags *diags)
{
    struct buf text = {0};

    makefile_write(web, outputs->annotated, &text);
    file_replace(outputs->makefile, buf_span(&text), diags);
    buf_free(&text);
}

const char *outputs_plain(const char *annotated, struct arena *arena)
{
    struct span folder = path_folder(span_of(annotated));
    struct buf path = {0};

    buf_addf(&path, "%.*s%s" OUTPUTS_PLAIN, SPAN_ARG(folder), folder.len > 0 ? "/" : "");
    return buf_take(&path, arena).ptr;
}

/* Nobody asks for them by name. */
static const char *plain_of(const struct outputs *outputs, struct arena *arena)
{
    return outputs->annotated != NULL && !outputs->check ? outputs_plain(outputs->annotated, arena)
                                                         : NULL;
}

bool outputs_write(const struct web *web, const struct outputs *outputs,
                   struct fileset_counts *counts, struct diags *diags)
{
    const struct fileset_options clean = {outputs->check, outputs->whole, outputs->force,
                                          outputs->keep};
    const struct fileset_options twins = {outputs->check, outputs->whole, true, false};
    struct arena arena = {0};
    struct fileset_counts ignored, *twin_counts = outputs->code != NULL ? &ignored : counts;
    size_t errors = diags->errors;
    struct fileset *code = stage(web, outputs->code, tangle_clean, clean, diags);
    struct fileset *annotated = stage(web, outputs->annotated, tangle_annotated, twins, diags);
    struct fileset *plain = stage(web, plain_of(outputs, &arena), tangle_clean, twins, diags);
    bool fine = diags->errors == errors || outputs->check;

    *counts = (struct fileset_counts){0};
    finish(annotated, fine, twin_counts);
    finish(plain, fine, &ignored);
    finish(code, fine, counts);
    if (fine && outputs->makefile != NULL && !outputs->check)
        write_makefile(web, outputs, diags);
    arena_free(&arena);
    return diags->errors == errors;
}
