#include "heddle/commands.h"

#include <string.h>
#include <unistd.h>

#include "heddle/disk/file.h"
#include "heddle/installed.h"
#include "heddle/serve/serve.h"

/* Where the book is: a folder with chapters/ in it is one; else what it names lies
 * in one. False when there is no such thing. */
static bool enter_served(struct request *request, struct desk_options *desk)
{
    const char *name = request->argument_count > 0 ? request->arguments[0] : ".";
    struct buf inside = {0};
    bool is_book;

    buf_addf(&inside, "%s/chapters", name);
    is_book = file_exists(buf_string(&inside));
    buf_free(&inside);
    if (request->argument_count > 1 || !file_exists(name) || (is_book && chdir(name) != 0)) {
        diag_system(&request->diags,
                    request->argument_count > 1 ? "say one book"
                                                : "there is no book \"%s\"; say a folder or a file",
                    name);
        return false;
    }
    if (!is_book && strcmp(name, ".") != 0) {
        desk->chapters = request->arguments;
        desk->chapter_count = 1;
    }
    return true;
}

int run_serve(struct request *request)
{
    struct serve_options options = {.port = 8000, .open = request->open};
    unsigned long port = 8000;

    options.desk.isolated = request->isolate;
    if (request->deck != NULL) /* as they are seen from here, not from the book */
        request->deck = installed_absolute(&request->web.arena, request->deck);
    if (request->modules != NULL)
        request->modules = installed_absolute(&request->web.arena, request->modules);
    if (request->port != NULL && (!span_number(span_of(request->port), 65535, &port)))
        diag_system(&request->diags, "a port is a number up to 65535");
    else if (request_can_isolate(request) && enter_served(request, &options.desk)) {
        options.port = (unsigned)port;
        options.desk.heddle = installed_program(&request->web.arena);
        options.desk.deck =
            installed_absolute(&request->web.arena, installed_or(&request->web.arena, request->deck,
                                                                 "chapters/deck", "deck"));
        options.desk.desk_parts = installed_deck(&request->web.arena);
        options.desk.modules =
            installed_absolute(&request->web.arena,
                               installed_or(&request->web.arena, request->modules,
                                            "build/npm/node_modules", "modules"));
        options.desk.explorer =
            installed_absolute(&request->web.arena,
                               installed_or(&request->web.arena, NULL, "code/explore", "explore"));
        serve_run(&options, &request->diags);
    }
    return request_conclude(request);
}
