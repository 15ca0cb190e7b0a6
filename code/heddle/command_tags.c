#define _XOPEN_SOURCE 700 /* realpath */
#include "heddle/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heddle/disk/file.h"
#include "heddle/tangle/editors.h"

/* As build/book.mk compiles, where nobody says otherwise. */
static const char *const usual[] = {"cc", "-std=c17", "-pthread", "-Wall", "-Wextra"};

static void write_commands(struct request *request, const char *const *words, size_t count)
{
    struct buf commands = {0};
    char *here = realpath(".", NULL);

    if (here == NULL)
        diag_system(&request->diags, "cannot tell which folder this is: %s", strerror(errno));
    else
        editors_commands(&request->web, here, words, count, &commands);
    if (here != NULL)
        file_replace("build/compile_commands.json", buf_span(&commands), &request->diags);
    free(here);
    buf_free(&commands);
}

int run_tags(struct request *request)
{
    const char *const *words = request->argument_count > 0 ? request->arguments : usual;
    size_t count =
        request->argument_count > 0 ? request->argument_count : sizeof usual / sizeof *usual;
    struct buf tags = {0};

    request->argument_count = 0;
    if (request_load(request)) {
        if (request->emacs)
            editors_emacs_tags(&request->web, &tags);
        else
            editors_tags(&request->web, &tags);
        file_replace(request->emacs ? "TAGS" : "tags", buf_span(&tags), &request->diags);
        write_commands(request, words, count);
    }
    buf_free(&tags);
    return request_conclude(request);
}
