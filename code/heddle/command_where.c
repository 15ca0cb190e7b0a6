#include "heddle/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/tangle/locate.h"

/* "code/lib/x.c:12" or "...:12:3" into its path and line. */
static bool split_address(const char *address, struct span *path, unsigned *line)
{
    struct span text = span_of(address);
    unsigned long number, column;
    size_t colon = text.len;

    while (colon > 0 && text.ptr[colon - 1] != ':')
        colon--;
    if (colon == 0 || !span_number(span_skip(text, colon), 1u << 30, &number))
        return false;
    *path = (struct span){text.ptr, colon - 1};
    for (colon = path->len; colon > 0 && text.ptr[colon - 1] != ':'; colon--)
        ;
    column = number;
    if (colon > 0 &&
        span_number((struct span){text.ptr + colon, path->len - colon}, 1u << 30, &number))
        path->len = colon - 1;
    else
        number = column;
    *line = (unsigned)number;
    return true;
}

/* The path below the output folder. */
static void print_location(const struct request *request, const char *folder,
                           const struct location *location)
{
    struct buf path = {0}, json = {0};

    buf_addf(&path, "%s%s%.*s", folder, *folder != '\0' ? "/" : "", SPAN_ARG(location->path));
    if (request->json) {
        buf_add_json(&json, buf_span(&path));
        printf("{\"file\": %s, \"line\": %u, \"chunk\": ", buf_string(&json), location->line);
        json.len = 0;
        buf_add_json(&json, location->chunk != NULL ? location->chunk->name : span_of(""));
        printf("%s}\n", buf_string(&json));
    } else {
        printf("%s:%u\n", buf_string(&path), location->line);
    }
    buf_free(&path);
    buf_free(&json);
}

static void report_no_file(struct request *request, struct span path, struct span file)
{
    struct span near;

    diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0, "no chapter makes a file \"%.*s\"",
             SPAN_ARG(path));
    if (table_nearest(&request->web.paths, file, &near))
        diag_note(&request->diags, "did you mean \"%.*s\"?", SPAN_ARG(near));
}

static void find_in_code(struct request *request, struct span path, unsigned line,
                         const char *folder)
{
    struct location *found;
    size_t count;
    enum locate_result result = locate_in_code(&request->web, path, line, &found, &count);

    if (result == LOCATE_NO_FILE)
        report_no_file(request, path, path_below(path, folder));
    else if (result == LOCATE_NO_LINE)
        diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0,
                 "line %u of %.*s is tangled nowhere", line, SPAN_ARG(path));
    for (size_t i = 0; i < count; i++)
        print_location(request, folder, &found[i]);
    free(found);
}

static void find_address(struct request *request, struct span path, unsigned line)
{
    const char *folder = or_usual(request->out, "code");
    struct location found;
    enum locate_result result =
        locate_in_chapter(&request->web, path_below(path, folder), line, &found);

    if (result == LOCATE_FOUND)
        print_location(request, "", &found);
    else if (result == LOCATE_NO_LINE)
        diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0,
                 found.line > 0 ? "%.*s ends at line %u" : "%.*s is empty", SPAN_ARG(path),
                 found.line);
    else
        find_in_code(request, path, line, folder);
}

int run_where(struct request *request)
{
    const char *address = request->argument_count == 1 ? request->arguments[0] : NULL;
    char here[4096];
    struct span path;
    unsigned line;

    if (address == NULL || !split_address(address, &path, &line)) {
        diag_system(&request->diags, "say which line, as in: heddle where code/lib/x.c:12");
        return request_conclude(request);
    }
    request->argument_count = 0;
    if (getcwd(here, sizeof here) != NULL) /* an editor says all of a path */
        path = path_below(path, here);
    if (request_load(request))
        find_address(request, path, line);
    return request_conclude(request);
}
