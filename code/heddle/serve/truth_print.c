#include "heddle/serve/truth.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/arena.h"
#include "heddle/base/path.h"

/* What is found out about one listing; the message may be empty. */
struct finding {
    const char *state;
    struct buf message;
    struct span name; /* of its test */
    bool bless;
};

struct printer {
    const struct truth *truth;
    enum truth_known known;
    bool *reached; /* by target: does the part in question go into it */
    struct buf *out;
    size_t count;
};

static struct span path_of(const struct printer *printer, const struct chapter *chapter)
{
    return path_below(span_of(chapter->source.path), printer->truth->folder);
}

/* Faults ---------------------------------------------------------------------- */

static bool is_in(const struct printer *printer, const struct truth_fault *fault,
                  const struct part *part)
{
    return fault->line >= part->block->line && fault->line <= part->block->end_line &&
           span_equal(fault->path, path_of(printer, part->chapter));
}

static void add_fault(const struct truth_fault *fault, struct buf *message)
{
    buf_addf(message, "%.*s:%u:%u: error: %.*s\n", SPAN_ARG(fault->path), fault->line,
             fault->column, SPAN_ARG(fault->text));
}

static bool add_faults(const struct printer *printer, const struct part *part, struct buf *message)
{
    size_t before = message->len;

    for (size_t i = 0; i < printer->truth->fault_count; i++)
        if (is_in(printer, &printer->truth->faults[i], part))
            add_fault(&printer->truth->faults[i], message);
    return message->len > before;
}

/* Of a chunk, and of those that it uses. */
static bool add_faults_below(const struct printer *printer, const struct chunk *chunk,
                             struct buf *message)
{
    bool any = false;

    for (const struct part *part = chunk->first; part != NULL; part = part->next) {
        any = add_faults(printer, part, message) || any;
        for (size_t i = 0; i < part->use_count; i++)
            if (part->uses[i].chunk != NULL && part->uses[i].chunk != chunk)
                any = add_faults_below(printer, part->uses[i].chunk, message) || any;
    }
    return any;
}

/* Results --------------------------------------------------------------------- */

/* Worse than all that come before it. */
static int rank(const char *state)
{
    static const char *const order[] = {"compiled", "same",    "stale", "differs",
                                        "failed",   "unbuilt", "broken"};
    int at = 0;

    while (order[at] != state && !span_is(span_of(order[at]), state))
        at++;
    return at;
}

static void worsen(struct finding *finding, const char *state)
{
    if (rank(state) > rank(finding->state))
        finding->state = state;
}

/* A test knows what it ran; that it ran nothing is no finding of its own. */
static bool ran_nothing(const struct truth_result *result)
{
    struct span text = result->message, before;

    if (span_find(&text, "is older than its chapter", &before))
        return true;
    text = result->message;
    return span_find(&text, "is not built", &before);
}

static const char *state_of(const struct printer *printer, const struct truth_result *result)
{
    bool explored = span_is(result->kind, "outcomes");

    if (printer->known < TRUTH_TESTED)
        return "stale";
    if (result->passed)
        return "same";
    if (explored && printer->known < TRUTH_EXPLORED)
        return "stale";
    if (ran_nothing(result))
        return printer->truth->fault_count > 0 ? "unbuilt" : "stale";
    return result->differs || explored ? "differs" : "failed";
}

static void judge_result(const struct printer *printer, const struct truth_result *result,
                         struct finding *finding)
{
    finding->state = state_of(printer, result);
    finding->name = result->name;
    finding->bless = result->differs && printer->known >= TRUTH_TESTED;
    if (printer->known >= TRUTH_TESTED && rank(finding->state) > rank("stale") &&
        !ran_nothing(result))
        buf_add(&finding->message, result->message);
}

static const struct truth_result *result_at(const struct printer *printer,
                                            const struct chapter *chapter, unsigned line)
{
    const struct truth *truth = printer->truth;

    for (size_t i = 0; i < truth->result_count; i++)
        if (truth->results[i].line == line &&
            span_equal(truth->results[i].path, path_of(printer, chapter)))
            return &truth->results[i];
    return NULL;
}

/* Code ------------------------------------------------------------------------ */

static void reach(struct printer *printer, const struct chunk *chunk, size_t depth)
{
    for (size_t i = 0; i < printer->truth->web.target_count && chunk->has_target; i++)
        if (printer->truth->web.targets[i]->chunk == chunk)
            printer->reached[i] = true;
    for (size_t i = 0; i < chunk->user_count && depth < printer->truth->web.chunk_count; i++)
        if (chunk->users[i]->chunk != NULL)
            reach(printer, chunk->users[i]->chunk, depth + 1);
}

/* What was found of a program whose code this is. */
static void judge_target(const struct printer *printer, const struct target *target,
                         struct finding *finding)
{
    if (add_faults_below(printer, target->chunk, &finding->message))
        worsen(finding, "unbuilt");
    for (size_t i = 0; i < printer->truth->result_count; i++) {
        const struct truth_result *result = &printer->truth->results[i];

        if (target->program && span_equal(result->program, target->name))
            worsen(finding, state_of(printer, result));
    }
}

static void judge_code(struct printer *printer, const struct part *part, struct finding *finding)
{
    size_t count = printer->truth->web.target_count;

    finding->state = printer->known >= TRUTH_COMPILED ? "compiled" : "stale";
    if (printer->known < TRUTH_COMPILED)
        return;
    if (add_faults(printer, part, &finding->message)) {
        finding->state = "broken";
        return;
    }
    printer->reached = mem_alloc((count + 1) * sizeof *printer->reached);
    memset(printer->reached, 0, (count + 1) * sizeof *printer->reached);
    reach(printer, part->chunk, 0);
    for (size_t i = 0; i < count; i++)
        if (printer->reached[i])
            judge_target(printer, printer->truth->web.targets[i], finding);
    free(printer->reached);
}

/* Printing -------------------------------------------------------------------- */

static void print_finding(struct printer *printer, const struct chapter *chapter,
                          const struct block *block, struct finding *finding)
{
    struct buf at = {0}, *out = printer->out;

    buf_addf(&at, "%.*s:%u", SPAN_ARG(path_of(printer, chapter)), block->line);
    buf_adds(out, printer->count++ > 0 ? ",\n{\"at\": " : "\n{\"at\": ");
    buf_add_json(out, buf_span(&at));
    buf_addf(out, ", \"end\": %u, \"state\": \"%s\"", block->end_line, finding->state);
    if (finding->name.len > 0) {
        buf_adds(out, ", \"name\": ");
        buf_add_json(out, finding->name);
    }
    if (finding->message.len > 0) {
        buf_adds(out, ", \"message\": ");
        buf_add_json(out, buf_span(&finding->message));
    }
    buf_adds(out, finding->bless ? ", \"bless\": true}" : "}");
    buf_free(&at);
}

static const struct snippet *snippet_of(const struct web *web, const struct block *block)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].part->block == block || web->snippets[i].expected == block)
            return &web->snippets[i];
    return NULL;
}

static void print_block(struct printer *printer, const struct chapter *chapter,
                        const struct block *block)
{
    const struct web *web = &printer->truth->web;
    const struct part *part = web_part(web, chapter, block);
    const struct snippet *snippet = snippet_of(web, block);
    const struct truth_result *result =
        snippet != NULL ? result_at(printer, chapter, snippet->part->block->line) : NULL;
    struct finding finding = {.state = "stale"};

    if (result != NULL)
        judge_result(printer, result, &finding);
    else if (snippet == NULL && part != NULL && part->chunk != NULL && part->chunk->reached)
        judge_code(printer, part, &finding);
    else if (snippet == NULL)
        return;
    print_finding(printer, chapter, block, &finding);
    buf_free(&finding.message);
}

void truth_print(const struct truth *truth, enum truth_known known, struct buf *out)
{
    struct printer printer = {.truth = truth, .known = known, .out = out};

    buf_addc(out, '[');
    for (size_t i = 0; i < truth->web.chapter_count; i++)
        for (size_t j = 0; j < truth->web.chapters[i].block_count; j++)
            if (truth->web.chapters[i].blocks[j].kind == BLOCK_CODE)
                print_block(&printer, &truth->web.chapters[i], &truth->web.chapters[i].blocks[j]);
    buf_adds(out, "\n]");
}
