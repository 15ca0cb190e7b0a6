#include "heddle/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heddle/system/sandbox.h"
#include "heddle/web/load.h"

bool request_load(struct request *request)
{
    return web_load(&request->web, request->arguments, request->argument_count, &request->diags);
}

bool request_is_colourful(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(fileno(stream)) && (no_colour == NULL || *no_colour == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

int request_conclude(struct request *request)
{
    int status = diag_exit_status(&request->diags);
    struct buf json = {0};

    if (request->json && request->diags_are_output) {
        diag_print_json(&request->diags, &json);
        printf("%s\n", buf_string(&json));
    } else {
        diag_print(&request->diags, stderr, request_is_colourful(stderr));
    }
    buf_free(&json);
    web_free(&request->web);
    diag_free(&request->diags);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("heddle: cannot write to standard output\n", stderr);
        status = 2;
    }
    return status;
}

struct outputs request_outputs(const struct request *request)
{
    bool usual = request->out == NULL && request->annotated == NULL && request->makefile == NULL;
    struct outputs outputs = {
        .code = usual ? "code" : request->out,
        .annotated = usual && !request->check ? "build/annotated" : request->annotated,
        .makefile = usual && !request->check ? "build/book.mk" : request->makefile,
        .check = request->check,
        .whole = request->argument_count == 0,
        .force = request->force,
    };

    return outputs;
}

bool request_can_isolate(struct request *request)
{
    char *why = NULL;
    bool can = !request->isolate || sandbox_can_isolate(&why);

    if (!can && why == NULL)
        diag_system(&request->diags, "--isolate needs bwrap; install bubblewrap");
    else if (!can)
        diag_system(&request->diags, "nothing can be isolated here: %s", why);
    free(why);
    return can;
}
