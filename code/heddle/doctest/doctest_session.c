/*
 * Running a session: its commands one after the other, in one folder.
 */
#include <string.h>

#include "heddle/disk/file.h"
#include "heddle/doctest/doctest_case.h"

/* What stands on the terminal, and how the run before ended. */
struct terminal {
    const struct doctest_case *test_case;
    const char *sandbox, *program; /* its path */
    int ending;
    bool differs; /* from what the block shows */
    struct buf screen;
};

static const struct doctest_run *run_of(const struct terminal *terminal)
{
    return terminal->test_case->test->run;
}

/* The next prompt stands on a line of its own, whatever the output ends in. */
static void compare(struct terminal *terminal, const struct session_step *step, struct span printed)
{
    struct buf text = {0}, *message;

    buf_add(&text, printed);
    if (text.len > 0 && text.ptr[text.len - 1] != '\n')
        buf_addc(&text, '\n');
    buf_add(&terminal->screen, buf_span(&text));
    if (!expect_matches(&step->expect, buf_span(&text))) {
        message = doctest_case_begin_finding(terminal->test_case);
        buf_addf(message, "prints something else behind line %u, %.*s\n",
                 step->expect.first_line - 1, SPAN_ARG(step->command));
        expect_explain(&step->expect, buf_span(&text), message);
        terminal->differs = true;
    }
    buf_free(&text);
}

/* As a shell has it: 128 and the signal's number. */
static void show_status(struct terminal *terminal, const struct session_step *step)
{
    struct buf text = {0};

    buf_addf(&text, "%d\n", terminal->ending < 0 ? 128 - terminal->ending : terminal->ending);
    compare(terminal, step, buf_span(&text));
    buf_free(&text);
}

/* A run that nobody asks about ends well; the last as the block says. */
static bool judge_step(const struct terminal *terminal, const struct session *session, size_t at,
                       const struct process_result *result)
{
    bool last = at + 1 == session->count;
    bool asked = !last && session->steps[at + 1].kind == SESSION_STATUS;

    return asked || doctest_case_judge_ending(terminal->test_case, result,
                                              last ? run_of(terminal)->ending : 0);
}

/* False when the session cannot go on. */
static bool run_step(struct terminal *terminal, const struct session *session, size_t at)
{
    const struct session_step *step = &session->steps[at];
    struct doctest_call call = {
        .sandbox = terminal->sandbox,
        .program = terminal->program,
        .args = &step->args,
        .input = run_of(terminal)->input,
        .one_stream = true,
    };
    struct process_result result;
    struct arena arena = {0};
    bool goes_on = step->input == NULL ||
                   doctest_case_read_input(terminal->test_case, &arena, step->input, &call);

    if (goes_on) {
        goes_on = doctest_case_call(terminal->test_case, &call, &result);
        terminal->ending = result.returncode;
        if (goes_on)
            compare(terminal, step, (struct span){result.out, result.out_size});
        goes_on = goes_on && judge_step(terminal, session, at, &result);
        process_result_destroy(&result);
    }
    arena_free(&arena);
    return goes_on;
}

static bool take_step(struct terminal *terminal, const struct session *session, size_t at)
{
    const struct session_step *step = &session->steps[at];

    buf_addf(&terminal->screen, "%.*s\n", SPAN_ARG(step->command));
    if (step->kind == SESSION_STATUS)
        show_status(terminal, step);
    return step->kind != SESSION_RUN || run_step(terminal, session, at);
}

void doctest_case_run_session(const struct doctest_case *test_case, const char *sandbox,
                              const char *program)
{
    const struct session *session = test_case->test->session;
    struct terminal terminal = {.test_case = test_case, .sandbox = sandbox, .program = program};
    bool goes_on = true;

    for (size_t i = 0; i < session->count && goes_on; i++)
        goes_on = take_step(&terminal, session, i);
    if (goes_on && terminal.differs) {
        test_case->result->outcome = DOCTEST_DIFFERS;
        buf_add(&test_case->result->printed, buf_span(&terminal.screen));
    }
    buf_free(&terminal.screen);
}
