#include "heddle/outcomes/trace.h"

#include <string.h>

#include "heddle/base/json.h"

enum { MOST_STEPS = 100000, MOST_THREADS = 64 };

/* Words ----------------------------------------------------------------------- */

static struct span take_word(struct span *line)
{
    size_t len = 0;
    struct span word;

    while (len < line->len && line->ptr[len] != ' ')
        len++;
    word = (struct span){line->ptr, len};
    *line = span_skip(*line, len + 1);
    return word;
}

/* A JSON string, or a plain word. */
static struct span take_text(struct arena *arena, struct span *line)
{
    const struct json *value;

    if (!span_starts(*line, "\""))
        return take_word(line);
    value = json_read(arena, line);
    *line = value != NULL ? span_skip(*line, 1) : span_of("");
    return value != NULL ? json_text(value) : span_of("");
}

static unsigned take_number(struct span *line)
{
    unsigned long number = 0;

    return span_number(take_word(line), MOST_STEPS, &number) ? (unsigned)number : 0;
}

/* Steps ----------------------------------------------------------------------- */

/* What a step's words say that a reader wants to know. */
struct details {
    struct span object, value, text, call;
    unsigned thread, entry, from;
    bool failed, unlucky, old;
};

static bool is_object(struct span key)
{
    static const char *const kinds[] = {"mutex",   "condition", "rwlock",    "semaphore",
                                        "barrier", "once",      "memory",    "futex",
                                        "object",  "file",      "descriptor"};

    return SPAN_IS_ANY(key, kinds);
}

static void take_detail(struct details *details, struct arena *arena, struct span *line)
{
    size_t len = 0;
    struct span key, value;

    while (len < line->len && line->ptr[len] != ' ' && line->ptr[len] != '=')
        len++;
    key = (struct span){line->ptr, len};
    if (len == line->len || line->ptr[len] == ' ') {
        details->failed = details->failed || span_is(key, "failed");
        details->unlucky = details->unlucky || span_is(key, "unlucky");
        details->old = details->old || span_is(key, "old");
        *line = span_skip(*line, len + 1);
        return;
    }
    *line = span_skip(*line, len + 1);
    value = take_text(arena, line);
    if (is_object(key) && details->object.len == 0) /* a wait's second is its mutex */
        details->object = value;
    else if (span_is(key, "value"))
        details->value = value;
    else if (span_is(key, "text"))
        details->text = value;
    else if (span_is(key, "call"))
        details->call = value;
    else if (span_is(key, "entry"))
        details->entry = take_number(&value);
    else if (span_is(key, "from"))
        details->from = take_number(&value);
    else if (span_is(key, "thread"))
        details->thread = take_number(&value);
}

/* How a verb is said; what is not here is said as it is. */
static const char *phrase(struct span verb)
{
    static const struct {
        const char *verb, *phrase;
    } phrases[] = {
        {"create", "starts"},
        {"allocate", "allocates"},
        {"join", "joins"},
        {"tryjoin", "tries to join"},
        {"timedjoin", "joins"},
        {"lock", "locks"},
        {"trylock", "tries"},
        {"timedlock", "locks"},
        {"unlock", "unlocks"},
        {"abandon", "abandons"},
        {"wait", "waits on"},
        {"resume", "wakes on"},
        {"signal", "signals"},
        {"broadcast", "wakes all on"},
        {"rdlock", "read-locks"},
        {"wrlock", "write-locks"},
        {"wrask", "asks to write"},
        {"tryrdlock", "tries to read"},
        {"trywrlock", "tries to write"},
        {"rwunlock", "unlocks"},
        {"sem-wait", "takes"},
        {"sem-trywait", "tries to take"},
        {"sem-timedwait", "takes"},
        {"sem-post", "posts"},
        {"sem-value", "looks at"},
        {"arrive", "comes to"},
        {"leave", "leaves"},
        {"read", "reads"},
        {"write", "writes"},
        {"update", "changes"},
        {"futex-wait", "waits on"},
        {"futex-resume", "wakes on"},
        {"futex-wake", "wakes"},
        {"print", "prints"},
        {"name", "names"},
        {"sleep", "sleeps"},
        {"open", "opens"},
        {"close", "closes"},
        {"change", "changes"},
        {"receive", "reads from"},
        {"tryreceive", "tries to read from"},
        {"send", "writes to"},
        {"trysend", "tries to write to"},
        {"poll", "looks at descriptors"},
        {"cancel", "cancels"},
        {"cancelled", "is cancelled"},
        {"testcancel", "lets itself be cancelled"},
        {"kill", "sends a signal"},
        {"sigmask", "sets what signals do"},
        {"sigwait", "takes a signal"},
        {"yield", "yields"},
        {"crash", "crashes"},
    };

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (span_is(verb, phrases[i].verb))
            return phrases[i].phrase;
    return NULL;
}

/* Beginnings and ends are seen in the lanes. */
static bool is_silent(struct span verb)
{
    static const char *const verbs[] = {"start", "exit", "finish", "end", "destroy"};

    return SPAN_IS_ANY(verb, verbs);
}

static void add_printed(struct buf *words, struct span text)
{
    struct span line = {0};

    span_line(&text, &line);
    buf_addf(words, " %.*s%s", SPAN_ARG(line), text.len > 0 ? " \xe2\x80\xa6" : "");
}

static struct span step_words(const struct trace *run, struct arena *arena, struct span verb,
                              const struct details *details)
{
    bool names_thread = span_is(verb, "create") || span_is(verb, "join");
    const char *said = phrase(verb);
    struct buf words = {0};

    buf_add(&words, said != NULL ? span_of(said) : verb);
    if (names_thread && details->thread < run->thread_count)
        buf_addf(&words, " %.*s", SPAN_ARG(run->threads[details->thread].name));
    if (details->object.len > 0)
        buf_addf(&words, " %.*s", SPAN_ARG(details->object));
    if (details->value.len > 0)
        buf_addf(&words, ": %.*s", SPAN_ARG(details->value));
    if (span_is(verb, "print"))
        add_printed(&words, details->text);
    buf_adds(&words, details->failed ? ", in vain" : "");
    buf_adds(&words, details->old ? ", as it was" : "");
    if (details->unlucky)
        buf_adds(&words, names_thread || span_is(verb, "allocate") ? ", and fails"
                                                                   : ", woken without cause");
    return buf_take(&words, arena);
}

static void take_step(struct trace *run, struct arena *arena, struct span line)
{
    unsigned time = take_number(&line), thread = take_number(&line);
    struct span verb = take_word(&line);
    struct details details = {.thread = MOST_THREADS};

    if (time != run->step_count + 1 || thread >= run->thread_count)
        return;
    while (line.len > 0)
        take_detail(&details, arena, &line);
    run->steps[time] = (struct trace_step){
        .thread = thread,
        .call = details.call,
        .old = details.old,
        .from = details.from < time ? details.from : 0,
    };
    run->step_count = time;
    if (details.call.len > 0 && details.entry != run->threads[thread].entry)
        run->steps[time].words = details.call;
    else if (details.call.len == 0 && !is_silent(verb))
        run->steps[time].words = step_words(run, arena, verb, &details);
    run->threads[thread].entry = details.call.len > 0 ? details.entry : 0;
    if (span_is(verb, "create") && details.thread < run->thread_count)
        run->threads[details.thread].begin = time;
    if (span_is(verb, "exit") || span_is(verb, "finish") || span_is(verb, "end"))
        run->threads[thread].end = time;
}

/* Waits (which come behind the steps) and threads ----------------------------------------------------------- */

/* The call that a thread waits in: that of its next step. One that waits for
 * ever has none, and its last call may be over: then it is not known. */
static struct span call_of_wait(const struct trace *run, const struct trace_wait *wait)
{
    for (size_t i = wait->from + 1; i <= run->step_count; i++)
        if (run->steps[i].thread == wait->thread)
            return run->steps[i].call;
    return span_of("");
}

static struct span wait_words(const struct trace *run, struct arena *arena,
                              const struct trace_wait *wait, struct span what)
{
    struct span call = call_of_wait(run, wait);
    struct buf words = {0};

    buf_addf(&words, call.len > 0 ? "waits in %.*s" : "waits for %.*s",
             SPAN_ARG(call.len > 0 ? call : what));
    return buf_take(&words, arena);
}

static void take_wait(struct trace *run, struct arena *arena, struct span line)
{
    struct trace_wait wait = {.thread = take_number(&line)};
    struct span kind, what;

    wait.from = take_number(&line);
    wait.to = take_number(&line);
    wait.waker = take_number(&line);
    kind = take_word(&line);
    what = take_text(arena, &line);
    wait.words = wait_words(run, arena, &wait, what.len > 0 ? what : kind);
    if (wait.thread < run->thread_count && wait.waker < run->thread_count &&
        wait.from <= run->step_count && wait.to <= run->step_count)
        run->waits[run->wait_count++] = wait;
}

static void take_thread(struct trace *run, struct arena *arena, struct span line)
{
    unsigned number = take_number(&line);

    if (number == run->thread_count && number < MOST_THREADS)
        run->threads[run->thread_count++].name = take_text(arena, &line);
}

static void take_line(struct trace *run, struct arena *arena, struct span line)
{
    struct span word = take_word(&line);

    if (span_is(word, "program")) {
        run->program = take_text(arena, &line);
    } else if (span_is(word, "thread")) {
        take_thread(run, arena, line);
    } else if (span_is(word, "step")) {
        take_step(run, arena, line);
    } else if (span_is(word, "wait")) {
        take_wait(run, arena, line);
    } else if (span_is(word, "end")) {
        take_word(&line);
        take_word(&line);
        run->ending = take_text(arena, &line);
    }
}

bool trace_read(struct trace *run, struct arena *arena, struct span trace)
{
    struct span line, rest = trace;
    size_t lines = 0;

    *run = (struct trace){0};
    if (!span_starts(trace, "trace 1\n"))
        return false;
    while (span_line(&rest, &line))
        lines++;
    if (lines > MOST_STEPS)
        return false;
    run->threads = arena_array(arena, MOST_THREADS, sizeof *run->threads);
    run->steps = arena_array(arena, lines + 1, sizeof *run->steps);
    run->waits = arena_array(arena, lines, sizeof *run->waits);
    while (span_line(&trace, &line))
        take_line(run, arena, line);
    return run->thread_count > 0 && run->ending.len > 0;
}
