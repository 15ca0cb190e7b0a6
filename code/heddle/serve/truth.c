#include "heddle/serve/truth.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/json.h"
#include "heddle/base/path.h"
#include "heddle/web/load.h"

/* Reading --------------------------------------------------------------------- */

static void forget_told(struct truth *truth)
{
    arena_free(&truth->arena);
    truth->faults = NULL;
    truth->results = NULL;
    truth->fault_count = truth->fault_cap = truth->result_count = truth->result_cap = 0;
}

void truth_free(struct truth *truth)
{
    forget_told(truth);
    web_free(&truth->web);
    diag_free(&truth->diags);
    truth->web = (struct web){0};
    truth->diags = (struct diags){0};
}

void truth_read(struct truth *truth, const char *const *paths, size_t count, const char *folder)
{
    const char **below = mem_alloc((count + 1) * sizeof *below);

    truth_free(truth);
    truth->folder = folder;
    for (size_t i = 0; i < count; i++) {
        struct span path = path_join(span_of(folder), span_of(paths[i]), &truth->arena);

        below[i] = arena_copy(&truth->arena, path.ptr, path.len);
    }
    web_load(&truth->web, below, count, &truth->diags);
    free(below);
}

/* What was told ----------------------------------------------------------------- */

/* "chapters/x.md:57:9: error: text", or without a column. */
static bool read_fault(struct span line, struct truth_fault *fault)
{
    static const char mark[] = " error: ";
    struct span text = line, place, number;
    unsigned long values[2] = {0, 0};
    int count = 0;

    if (!span_find(&text, mark, &place) || !span_ends(place, ":"))
        return false;
    place.len--;
    for (; count < 2; count++) {
        size_t at = place.len;

        while (at > 0 && place.ptr[at - 1] != ':')
            at--;
        number = span_skip(place, at);
        if (at == 0 || !span_number(number, 1000000000, &values[count]))
            break;
        place.len = at - 1;
    }
    *fault = (struct truth_fault){.path = place,
                                  .text = span_skip(text, strlen(mark)),
                                  .line = (unsigned)values[count == 2],
                                  .column = count == 2 ? (unsigned)values[0] : 0};
    return count > 0;
}

void truth_compiled(struct truth *truth, struct span said)
{
    struct span rest = {arena_copy(&truth->arena, said.ptr, said.len), said.len}, line;
    struct truth_fault fault;

    truth->fault_count = 0;
    while (span_line(&rest, &line))
        if (read_fault(line, &fault))
            *ARRAY_PUSH_IN(&truth->arena, truth->faults, truth->fault_count, truth->fault_cap) =
                fault;
}

void truth_tested(struct truth *truth, struct span json)
{
    const struct json *all = json_read(&truth->arena, &json);

    truth->result_count = 0;
    if (all == NULL)
        return;
    for (const struct json *test = json_get(all, "tests")->first; test != NULL; test = test->next)
        *ARRAY_PUSH_IN(&truth->arena, truth->results, truth->result_count, truth->result_cap) =
            (struct truth_result){
                .path = json_text(json_get(test, "chapter")),
                .line = (unsigned)json_integer(json_get(test, "line")),
                .name = json_text(json_get(test, "name")),
                .kind = json_text(json_get(test, "kind")),
                .program = json_text(json_get(test, "program")),
                .message = json_text(json_get(test, "message")),
                .passed = json_is_true(json_get(test, "passed")),
                .differs = json_is_true(json_get(test, "differs")),
            };
}

/* Names -------------------------------------------------------------------------- */

static struct span path_of(const struct truth *truth, const struct chapter *chapter)
{
    return path_below(span_of(chapter->source.path), truth->folder);
}

static void add_at(const struct truth *truth, const struct part *part, struct buf *out)
{
    struct buf at = {0};

    buf_addf(&at, "%.*s:%u", SPAN_ARG(path_of(truth, part->chapter)), part->block->line);
    buf_add_json(out, buf_span(&at));
    buf_free(&at);
}

void truth_print_names(const struct truth *truth, struct buf *out)
{
    buf_adds(out, "{\"chunks\": [");
    for (size_t i = 0; i < truth->web.chunk_count; i++) {
        const struct chunk *chunk = truth->web.chunks[i];

        buf_adds(out, i > 0 ? ",\n{\"name\": " : "\n{\"name\": ");
        buf_add_json(out, chunk->name);
        buf_adds(out, ", \"at\": ");
        add_at(truth, chunk->first, out);
        buf_adds(out, chunk->has_target ? ", \"file\": true}" : "}");
    }
    buf_adds(out, "],\n\"programs\": [");
    for (size_t i = 0, count = 0; i < truth->web.target_count; i++)
        if (truth->web.targets[i]->program) {
            buf_adds(out, count++ > 0 ? ", " : "");
            buf_add_json(out, truth->web.targets[i]->name);
        }
    buf_adds(out, "]}");
}
