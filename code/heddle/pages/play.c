#include "heddle/pages/play.h"

#include <string.h>

#include "heddle/base/json.h"
#include "heddle/disk/file.h"
#include "heddle/outcomes/outcomes.h"

static const char *const parts[] = {"play.js",       "play.css",     "play-graph.js",
                                    "play-words.js", "play-tree.js", "play-guess.js",
                                    "play-why.js",   "play-draw.js", "play-ask.js"};

static struct span read_below(const char *folder, const struct target *program, struct arena *arena,
                              struct diags *diags)
{
    struct span text = span_of("");
    struct buf path = {0};

    buf_addf(&path, "%s/%.*s", folder, SPAN_ARG(program->path));
    if (file_exists(buf_string(&path)))
        file_read(arena, path.ptr, &text, diags);
    buf_free(&path);
    return text;
}

/* The program as [[line, text], ...], with the lines that its graph knows. */
static void add_source(const struct play *play, const struct target *program, struct arena *arena,
                       struct buf *out, struct diags *diags)
{
    struct span twin = read_below(play->twins, program, arena, diags), line;

    buf_addc(out, '[');
    for (unsigned number = 1; span_line(&twin, &line); number++) {
        buf_addf(out, "%s[%u,", number > 1 ? "," : "", number);
        buf_add_json(out, line);
        buf_addc(out, ']');
    }
    buf_addc(out, ']');
}

bool play_name(const struct snippet *snippet, struct arena *arena, struct span *name)
{
    static const char ending[] = ".outcomes";
    struct outcomes_how how;
    struct diags ignored = {0};
    struct buf path = {0};
    bool known;

    known = snippet->kind == SNIPPET_OUTCOMES && snippet->program != NULL &&
            outcomes_how_read(&how, arena, snippet, &ignored);
    if (known) {
        outcomes_file(&how, snippet->program->name, &path);
        path.len -= strlen(ending);
        *name = buf_take(&path, arena);
    }
    diag_free(&ignored);
    return known;
}

static bool find_graph(const struct play *play, struct span name, struct arena *arena,
                       struct span *graph)
{
    struct diags ignored = {0};
    struct buf path = {0};
    bool found;

    buf_addf(&path, "%s/%.*s.graph", play->explored, SPAN_ARG(name));
    found = file_exists(buf_string(&path)) && file_read(arena, path.ptr, graph, &ignored);
    buf_free(&path);
    diag_free(&ignored);
    return found;
}

static void write_file(const struct play *play, struct span name, const char *ending,
                       struct span text, struct diags *diags)
{
    struct buf path = {0};

    buf_addf(&path, "play/%.*s%s", SPAN_ARG(name), ending);
    woven_write(play->out, buf_span(&path), text, diags);
    buf_free(&path);
}

static void write_program(const struct play *play, const struct target *program, struct span name,
                          struct span graph, struct arena *arena, struct diags *diags)
{
    struct buf text = {0};

    buf_adds(&text, "heddle.played(");
    buf_add_json(&text, name);
    buf_addf(&text, ", %.*s, ", SPAN_ARG(span_trim(graph)));
    add_source(play, program, arena, &text, diags);
    buf_adds(&text, ");\n");
    write_file(play, name, ".js", buf_span(&text), diags);
    buf_free(&text);
}

static void write_parts(const struct play *play, struct arena *arena, struct diags *diags)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct buf path = {0};
        struct span text;

        buf_addf(&path, "%s/%s", play->deck_dir, parts[i]);
        if (file_read(arena, buf_string(&path), &text, diags))
            write_file(play, span_of(parts[i]), "", text, diags);
        buf_free(&path);
    }
}

/* What stands in the graph's place where there is none; or empty. */
static struct span why_none(struct span graph, struct arena *arena)
{
    return json_text(json_get(json_read(arena, &graph), "none"));
}

static void add_name(struct buf *list, struct span name, struct span why)
{
    buf_adds(list, list->len > 0 ? ", " : "");
    buf_add_json(list, name);
    if (why.len > 0) {
        buf_adds(list, ": ");
        buf_add_json(list, why);
    }
}

/* What can be played, and of others why they cannot. */
static void write_list(const struct play *play, const struct buf *playable,
                       const struct buf *others, struct diags *diags)
{
    struct buf text = {0};

    buf_addf(&text, "heddle.playable = [%.*s];\nheddle.unplayable = {%.*s};\n", (int)playable->len,
             playable->ptr, (int)others->len, others->len > 0 ? others->ptr : "");
    write_file(play, span_of("list.js"), "", buf_span(&text), diags);
    buf_free(&text);
}

bool play_write(const struct play *play, const struct web *web, struct diags *diags)
{
    struct arena arena = {0};
    struct buf playable = {0}, others = {0};
    bool any;

    for (size_t i = 0; i < web->snippet_count; i++) {
        const struct snippet *snippet = &web->snippets[i];
        struct span name, graph, why;

        if (!play_name(snippet, &arena, &name) || !find_graph(play, name, &arena, &graph))
            continue;
        why = why_none(graph, &arena);
        if (why.len == 0)
            write_program(play, snippet->program, name, graph, &arena, diags);
        add_name(why.len == 0 ? &playable : &others, name, why);
    }
    any = playable.len > 0;
    if (any) {
        write_list(play, &playable, &others, diags);
        write_parts(play, &arena, diags);
    }
    arena_free(&arena);
    buf_free(&playable);
    buf_free(&others);
    return any;
}
