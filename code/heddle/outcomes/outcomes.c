#include "heddle/outcomes/outcomes.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/hash.h"
#include "heddle/base/json.h"
#include "heddle/disk/file.h"
#include "heddle/system/signal_names.h"

enum { USUAL_SECONDS = 60, MOST_MS = 60 * 60 * 1000, MOST_NUMBER = 1000 };

/* How a block is explored ----------------------------------------------------- */

struct reading {
    const struct source *source;
    const struct attrs *attrs;
    struct arena *arena;
    struct diags *diags;
    bool good;
};

static void fault(struct reading *reading, const struct attr *attr, const char *what)
{
    diag_error_at(reading->diags, reading->source, attr->whole, "\"%.*s\" %s",
                  SPAN_ARG(attr->value), what);
    reading->good = false;
}

static long read_number(struct reading *reading, const char *key, long otherwise)
{
    const struct attr *attr = attr_get(reading->attrs, key);
    unsigned long number;

    if (attr == NULL)
        return otherwise;
    if (span_number(attr->value, MOST_NUMBER, &number))
        return (long)number;
    fault(reading, attr, "is no number from 0 to 1000");
    return otherwise;
}

/* In whole seconds: the explorer knows no others. */
static long read_seconds(struct reading *reading)
{
    const struct attr *attr = attr_get(reading->attrs, "timeout");
    unsigned long ms;

    if (attr == NULL)
        return USUAL_SECONDS;
    if (span_duration(attr->value, MOST_MS, &ms))
        return (long)((ms + 999) / 1000);
    fault(reading, attr, "is no time limit up to an hour; say 10s or 2m");
    return USUAL_SECONDS;
}

/* In one order, as it is part of a file's name. */
static const char *read_failing(struct reading *reading)
{
    static const char *const said[][2] = {{"malloc", "malloc"},
                                          {"thread", "thread"},
                                          {"malloc,thread", "malloc,thread"},
                                          {"thread,malloc", "malloc,thread"}};
    const struct attr *attr = attr_get(reading->attrs, "failing");

    for (size_t i = 0; attr != NULL && i < sizeof said / sizeof *said; i++)
        if (span_is(attr->value, said[i][0]))
            return said[i][1];
    if (attr != NULL)
        fault(reading, attr,
              "is no call that can be made to fail; say malloc, thread, or malloc,thread");
    return "";
}

/* Whose rules for memory the list is complete under; without a word, C's. */
static const char *read_model(struct reading *reading)
{
    static const char *const models[] = {"sc", "tso", "rc11"};
    const struct attr *attr = attr_get(reading->attrs, "model");

    for (size_t i = 0; attr != NULL && i < sizeof models / sizeof *models; i++)
        if (span_is(attr->value, models[i]))
            return models[i];
    if (attr != NULL)
        fault(reading, attr,
              "is no memory model that can be explored; there are model=sc, sequential "
              "consistency, model=tso, x86's, and model=rc11; without model= the list is C's own");
    return "";
}

/* They pass through Make, whose lines end where they end. */
static struct shell_words read_args(struct reading *reading)
{
    const struct attr *attr = attr_get(reading->attrs, "args");
    struct shell_words words = {0};
    struct span text;
    const char *what;

    if (attr == NULL)
        return words;
    text = attr_text(attr, reading->arena);
    what = text.len > 0 && memchr(text.ptr, '\n', text.len) != NULL
               ? "holds a line end, which cannot be passed on"
               : shell_words_split(&words, reading->arena, text);
    if (what != NULL)
        fault(reading, attr, what);
    return words;
}

/* An explored program always reads nothing, and how it ends is in the block. */
static void refuse_others(struct reading *reading)
{
    static const char *const others[] = {"status", "signal", "stream", "order",
                                         "stdin",  "env",    "steps"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const struct attr *attr = attr_get(reading->attrs, others[i]);

        if (attr == NULL)
            continue;
        diag_error_at(reading->diags, reading->source, attr->whole, "an outcomes block takes no %s",
                      others[i]);
        reading->good = false;
    }
}

bool outcomes_how_read(struct outcomes_how *how, struct arena *arena, const struct snippet *snippet,
                       struct diags *diags)
{
    struct reading reading = {&snippet->part->chapter->source, &snippet->part->block->attrs, arena,
                              diags, true};

    *how = (struct outcomes_how){
        .args = read_args(&reading),
        .bound = read_number(&reading, "bound", -1),
        .spurious = read_number(&reading, "spurious", OUTCOMES_USUAL_SPURIOUS),
        .failing = read_failing(&reading),
        .seconds = read_seconds(&reading),
        .model = read_model(&reading),
    };
    refuse_others(&reading);
    return reading.good;
}

static void add_args_hash(const struct shell_words *args, struct buf *path)
{
    char digits[HASH_DIGITS + 1];
    struct buf all = {0};

    for (size_t i = 0; i < args->count; i++)
        buf_addf(&all, "%zu %s", strlen(args->list[i]), args->list[i]);
    hash_text(buf_span(&all), digits);
    buf_addf(path, ".args-%.8s", digits);
    buf_free(&all);
}

void outcomes_file(const struct outcomes_how *how, struct span program, struct buf *path)
{
    buf_add(path, program);
    if (how->bound >= 0)
        buf_addf(path, ".bound-%ld", how->bound);
    if (how->spurious != OUTCOMES_USUAL_SPURIOUS)
        buf_addf(path, ".spurious-%ld", how->spurious);
    if (*how->failing != '\0')
        buf_addf(path, ".failing-%s", how->failing);
    if (*how->model != '\0')
        buf_addf(path, ".model-%s", how->model);
    if (how->args.count > 0)
        add_args_hash(&how->args, path);
    buf_adds(path, ".outcomes");
}

/* Endings --------------------------------------------------------------------- */

static bool is_ending(struct span line)
{
    return span_is(line, "---") || span_starts(line, "--- ");
}

/* In these somebody is left waiting, and lines below say who. */
static bool is_stuck(struct span words)
{
    return span_is(words, "deadlock") || span_is(words, "lost wake-up") ||
           span_is(words, "livelock");
}

static bool is_known(struct span words)
{
    static const char status[] = "ends with status ", signal[] = "is ended by SIG";
    unsigned long number;

    if (span_starts(words, status))
        return span_number(span_skip(words, strlen(status)), 255, &number) && number > 0;
    if (span_starts(words, signal))
        return signal_number(span_skip(words, strlen(signal))) != 0;
    return words.len == 0 || is_stuck(words) || span_starts(words, "misuse: ");
}

static struct span ending_words(struct span line)
{
    return span_trim(span_skip(line, 3));
}

/* Blocks ---------------------------------------------------------------------- */

static struct span block_line(const struct block *block, unsigned i, struct arena *arena)
{
    const struct code_line *line = &block->lines[i];
    char *text;

    if (line->pad == 0)
        return code_line_span(line);
    text = arena_alloc(arena, line->pad + line->len + 1);
    memset(text, ' ', line->pad);
    memcpy(text + line->pad, line->ptr, line->len);
    return (struct span){text, line->pad + line->len};
}

/* The line behind the outcome that begins at line `from`, with `ended` set
 * when its ending is said. */
static unsigned outcome_end(const struct block *block, unsigned from, struct arena *arena,
                            bool *ended)
{
    unsigned i = from;
    struct span words;

    while (i < block->line_count && !is_ending(block_line(block, i, arena)))
        i++;
    *ended = i < block->line_count;
    if (!*ended)
        return i;
    words = ending_words(block_line(block, i++, arena));
    while (is_stuck(words) && i < block->line_count &&
           span_starts(block_line(block, i, arena), "    "))
        i++;
    return i;
}

static struct span outcome_text(const struct block *block, unsigned from, unsigned end, bool ended,
                                struct arena *arena)
{
    struct buf text = {0};

    for (unsigned i = from; i < end; i++) {
        buf_add(&text, block_line(block, i, arena));
        buf_addc(&text, '\n');
    }
    buf_adds(&text, ended ? "" : "---\n");
    return buf_take(&text, arena);
}

static bool check_endings(const struct source *source, const struct block *block,
                          struct arena *arena, struct diags *diags)
{
    bool good = true;

    for (unsigned i = 0; i < block->line_count; i++) {
        struct span line = block_line(block, i, arena);

        if (!is_ending(line) || is_known(ending_words(line)))
            continue;
        diag_error_at(diags, source, code_line_span(&block->lines[i]),
                      "\"%.*s\" is no ending; say \"ends with status 1\", \"is ended by SIGABRT\", "
                      "\"deadlock\", \"lost wake-up\", \"livelock\" or \"misuse: ...\"",
                      SPAN_ARG(ending_words(line)));
        good = false;
    }
    return good;
}

bool outcomes_read_block(struct outcome_list *outcomes, struct arena *arena,
                         const struct source *source, const struct block *block,
                         struct diags *diags)
{
    bool ended;

    outcomes->list = arena_array(arena, block->line_count, sizeof *outcomes->list);
    outcomes->count = 0;
    for (unsigned i = 0, end; i < block->line_count; i = end) {
        end = outcome_end(block, i, arena, &ended);
        outcomes->list[outcomes->count++] = (struct outcome){
            .text = outcome_text(block, i, end, ended, arena),
            .line = block_code_line(block, i),
        };
    }
    return check_endings(source, block, arena, diags);
}

/* Results --------------------------------------------------------------------- */

/* Lines of one stream, each behind `mark`. What is no such line would be read
 * back as something else; the answer says so. */
static const char *add_lines(struct buf *out, const char *mark, struct span text)
{
    struct span line, rest = text;

    while (span_line(&rest, &line)) {
        if (*mark == '\0' && (is_ending(line) || span_starts(line, "2> ") ||
                              (line.ptr == text.ptr && span_starts(line, "    "))))
            return "one of its lines would be read as something else";
        if (line.len > 0 && memchr(line.ptr, '\r', line.len) != NULL)
            return "it holds carriage returns";
        buf_addf(out, "%s%.*s\n", mark, SPAN_ARG(line));
    }
    if (text.len > 0 && text.ptr[text.len - 1] != '\n')
        return "it does not end in a newline";
    return NULL;
}

static void add_ending(struct buf *out, const struct json *found)
{
    struct span ending = json_text(json_get(found, "ending"));

    buf_adds(out, "---");
    if (span_is(ending, "misuse"))
        buf_adds(out, " misuse:");
    if (!span_is(ending, "exit") || json_integer(json_get(found, "status")) != 0)
        buf_addf(out, " %.*s", SPAN_ARG(json_text(json_get(found, "text"))));
    buf_addc(out, '\n');
    for (const struct json *wait = json_get(found, "waits")->first; wait != NULL; wait = wait->next)
        buf_addf(out, "    %.*s %.*s\n", SPAN_ARG(json_text(json_get(wait, "name"))),
                 SPAN_ARG(json_text(json_get(wait, "text"))));
}

static struct outcome read_found(const struct json *found, struct arena *arena)
{
    struct buf text = {0};
    struct outcome outcome = {
        .schedule = json_text(json_get(found, "schedule")),
        .runs = (unsigned long)json_integer(json_get(found, "runs")),
    };
    const char *out_fault = add_lines(&text, "", json_text(json_get(found, "stdout")));
    const char *err_fault = add_lines(&text, "2> ", json_text(json_get(found, "stderr")));

    outcome.fault = out_fault != NULL ? out_fault : err_fault;
    add_ending(&text, found);
    outcome.text = buf_take(&text, arena);
    return outcome;
}

static bool has_race(const struct explored *explored, struct span object)
{
    for (size_t i = 0; i < explored->race_count; i++)
        if (span_equal(explored->races[i].object, object))
            return true;
    return false;
}

static void read_races(struct explored *explored, const struct json *races, struct arena *arena)
{
    explored->races = arena_array(arena, races->count, sizeof *explored->races);
    for (const struct json *race = races->first; race != NULL; race = race->next) {
        struct span object = json_text(json_get(race, "object"));

        if (!has_race(explored, object))
            explored->races[explored->race_count++] = (struct outcome_race){
                .object = object,
                .first = json_text(json_get(json_get(race, "first"), "at")),
                .second = json_text(json_get(json_get(race, "second"), "at")),
                .schedule = json_text(json_get(race, "schedule")),
            };
    }
}

static void read_doubts(struct explored *explored, const struct json *doubts, struct arena *arena)
{
    explored->doubts = arena_array(arena, doubts->count, sizeof *explored->doubts);
    for (const struct json *doubt = doubts->first; doubt != NULL; doubt = doubt->next)
        explored->doubts[explored->doubt_count++] =
            (struct outcome_doubt){json_text(json_get(doubt, "text")),
                                   json_text(json_get(doubt, "at"))};
}

static void read_weak(struct explored *explored, const struct json *weak)
{
    explored->is_weak = weak->kind == JSON_OBJECT;
    explored->weak = (struct outcome_race){
        .object = json_text(json_get(weak, "object")),
        .first = json_text(json_get(weak, "first")),
        .second = json_text(json_get(weak, "second")),
    };
}

/* A trace goes from its line "trace 1" to its line "end ...". */
static struct span take_trace(struct span *rest)
{
    const char *begin = rest->ptr;
    struct span line;

    while (span_line(rest, &line))
        if (span_starts(line, "end "))
            break;
    return span_between(begin, rest->ptr);
}

static void read_head(struct explored *explored, const struct json *result)
{
    *explored = (struct explored){
        .complete = json_is_true(json_get(result, "complete")),
        .bounded = json_is_true(json_get(result, "bounded")),
        .model = json_text(json_get(result, "model")),
        .unfollowed = json_text(json_get(result, "unfollowed")),
        .assumed = json_text(json_get(result, "assumed")),
        .stopped = json_text(json_get(result, "stopped")),
        .fault = json_text(json_get(result, "fault")),
        .fault_at = json_text(json_get(result, "fault_at")),
        .runs = (unsigned long)json_integer(json_get(result, "runs")),
    };
}

static void read_outcomes(struct outcome_list *outcomes, const struct json *all, struct span traces,
                          struct arena *arena)
{
    outcomes->list = arena_array(arena, all->count, sizeof *outcomes->list);
    for (const struct json *found = all->first; found != NULL; found = found->next) {
        struct outcome *outcome = &outcomes->list[outcomes->count++];

        *outcome = read_found(found, arena);
        if (outcomes->count <= OUTCOMES_MOST_TRACES)
            outcome->trace = take_trace(&traces);
    }
}

bool outcomes_read_record(struct explored *explored, struct arena *arena, struct span text)
{
    const struct json *result;
    struct span behind;

    if (!span_starts(text, OUTCOMES_RECORD))
        return false;
    text = span_skip(text, strlen(OUTCOMES_RECORD));
    result = json_read(arena, &text);
    if (result == NULL || result->kind != JSON_OBJECT)
        return false;
    read_head(explored, result);
    span_line(&text, &behind);
    read_outcomes(&explored->outcomes, json_get(result, "outcomes"), text, arena);
    read_races(explored, json_get(result, "races"), arena);
    read_doubts(explored, json_get(result, "unproven"), arena);
    read_weak(explored, json_get(result, "weak"));
    return true;
}

/* Both ------------------------------------------------------------------------ */

struct span outcomes_shown(struct span text)
{
    static const char plain[] = "\n---\n";

    return span_ends(text, plain) ? (struct span){text.ptr, text.len - strlen(plain) + 1} : text;
}

void outcomes_write(const struct outcome_list *outcomes, struct buf *out)
{
    for (size_t i = 0; i < outcomes->count; i++)
        buf_add(out, i + 1 < outcomes->count ? outcomes->list[i].text
                                             : outcomes_shown(outcomes->list[i].text));
}

const struct outcome *outcomes_find(const struct outcome_list *outcomes, struct span text)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (span_equal(outcomes->list[i].text, text))
            return &outcomes->list[i];
    return NULL;
}
