#include "heddle/commands.h"

#include <stdio.h>

#include "heddle/stitch/apply.h"
#include "heddle/stitch/edits.h"
#include "heddle/web/load.h"

/* The new chapters are read again, and give the files; what hindered that would
 * be reported as tangle does. */
static void tangle_again(struct request *request, const struct edits *edits, const char *folder)
{
    const struct outputs outputs = {.code = folder,
                                    .annotated = request->out == NULL ? "build/annotated" : NULL,
                                    .makefile = request->out == NULL ? "build/book.mk" : NULL,
                                    .whole = true,
                                    .keep = true};
    struct fileset_counts counts;
    struct web web = {0};
    struct diags again = {0}; /* what it warns of was said before */

    if (!web_load(&web, NULL, 0, &again))
        diag_append(&request->diags, &again);
    else if (apply_code(edits->list, edits->count, &web, &request->diags))
        outputs_write(&web, &outputs, &counts, &request->diags);
    diag_free(&again);
    arena_adopt(&request->web.arena, &web.arena); /* messages point into it */
    web_free(&web);
}

static void stitch(struct request *request, const struct edits *edits, const char *folder)
{
    struct stitch stitch;
    bool proven = stitch_fold(&stitch, &request->web, edits->list, edits->count, request->as_text,
                              &request->diags);

    if (proven && !request->quiet) {
        apply_show(&stitch, stdout);
        printf("%zu block%s changed by %zu edited file%s\n", stitch.block_count,
               plural(stitch.block_count), edits->count, plural(edits->count));
    }
    if (proven && !request->dry_run &&
        apply_chapters(&stitch, request->force, stdout, &request->diags))
        tangle_again(request, edits, folder);
    arena_adopt(&request->web.arena, &stitch.arena); /* messages point into it */
}

int run_stitch(struct request *request)
{
    const char *folder = or_usual(request->out, "code"), *const *paths = request->arguments;
    size_t count = request->argument_count;
    struct edits edits = {0};

    request->argument_count = 0;
    if (request_load(request) && edits_find(&edits, &request->web.arena, &request->web, folder,
                                            paths, count, &request->diags)) {
        if (edits.count > 0)
            stitch(request, &edits, folder);
        else if (!request->quiet)
            printf("no file of %s was edited\n", folder);
    }
    return request_conclude(request);
}
