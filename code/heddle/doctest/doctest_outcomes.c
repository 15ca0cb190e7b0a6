/*
 * Outcomes blocks: what a chapter lists, compared with what exploring the
 * program's schedules found. Make explored it and left a record, which is good
 * as long as it is younger than the explored program.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "heddle/disk/file.h"
#include "heddle/doctest/doctest_case.h"
#include "heddle/tangle/locate.h"
#include "heddle/tangle/outputs.h"

enum { MOST_OUTCOMES = 8 }; /* that a message shows */

static const struct doctest_claim *claim_of(const struct doctest_case *test_case)
{
    return test_case->test->claim;
}

/* The record ------------------------------------------------------------------ */

static char *explored_path(const struct doctest_case *test_case, const char *name)
{
    struct buf path = {0};

    buf_addf(&path, "%s/%s", doctest_case_or(test_case->options->explored, "build/explore"), name);
    buf_string(&path);
    return path.ptr;
}

/* Why the record says nothing about the program as it is, or NULL. */
static const char *record_fault(const char *program, const char *record)
{
    struct stat made, explored;

    if (stat(record, &explored) != 0)
        return "is not made; run make";
    if (stat(program, &made) != 0 || doctest_case_is_older(&explored, &made))
        return "is older than its program; run make";
    return NULL;
}

/* The record speaks of plain twins; the chapter's lines of now stand for them. */
static bool understand(const struct doctest_case *test_case, struct explored *explored,
                       struct arena *arena, struct span text)
{
    const char *annotated = doctest_case_or(test_case->options->annotated, "build/annotated");
    struct buf record = {0};

    locate_rewrite(test_case->test->web, outputs_plain(annotated, arena), text, &record);
    return outcomes_read_record(explored, arena, buf_take(&record, arena));
}

static bool read_record(const struct doctest_case *test_case, struct explored *explored,
                        struct arena *arena)
{
    char *program = explored_path(test_case, test_case->test->program);
    char *record = explored_path(test_case, claim_of(test_case)->record);
    struct diags diags = {0};
    struct span text;
    const char *fault = NULL;
    bool good = doctest_case_check_built(test_case, program);

    if (good)
        fault = record_fault(program, record);
    if (good && fault == NULL &&
        (!file_read(arena, record, &text, &diags) || !understand(test_case, explored, arena, text)))
        fault = "is no record of outcomes; remove it and run make";
    if (fault != NULL)
        buf_addf(doctest_case_begin_finding(test_case), "cannot be judged: %s %s\n", record, fault);
    diag_free(&diags);
    free(program);
    free(record);
    return good && fault == NULL;
}

/* Whether it says everything -------------------------------------------------- */

static void report_refused(struct buf *message, const struct explored *explored)
{
    buf_addf(message, "cannot be explored: %.*s", SPAN_ARG(explored->fault));
    if (explored->fault_at.len > 0)
        buf_addf(message, ", at %.*s", SPAN_ARG(explored->fault_at));
    buf_addc(message, '\n');
}

static void report_doubts(const struct doctest_case *test_case, const struct explored *explored)
{
    for (size_t i = 0; i < explored->doubt_count; i++) {
        struct buf *message = doctest_case_begin_finding(test_case);

        buf_addf(message, "is not proven: it %.*s", SPAN_ARG(explored->doubts[i].text));
        if (explored->doubts[i].at.len > 0)
            buf_addf(message, ", at %.*s", SPAN_ARG(explored->doubts[i].at));
        buf_adds(message, "; leave that out, or show what one run prints in an output block\n");
    }
}

/* Stopped before its end. */
static void report_stopped(const struct doctest_case *test_case, const struct explored *explored)
{
    struct buf *message = doctest_case_begin_finding(test_case);

    if (explored->fault.len > 0 || span_is(explored->stopped, "refused"))
        report_refused(message, explored);
    else if (span_is(explored->stopped, "diverged"))
        buf_adds(message, "does not do the same when its threads take the same turns, so its "
                          "outcomes cannot be listed\n");
    else if (span_is(explored->stopped, "seconds"))
        buf_addf(message,
                 "was not explored to its end in %ld s, in %lu runs; allow more with "
                 "timeout=, or fewer preemptions with bound=2\n",
                 claim_of(test_case)->how.seconds, explored->runs);
    else if (explored->stopped.len == 0)
        buf_adds(message, "was not explored to its end; remove its record and run make\n");
    else
        buf_addf(message,
                 "was not explored to its end: stopped at its limit of %.*s, after %lu "
                 "runs\n",
                 SPAN_ARG(explored->stopped), explored->runs);
}

static void report_weak(struct buf *message, const struct explored *explored)
{
    const struct outcome_race *weak = &explored->weak;

    buf_addf(
        message,
        "has atomics weaker than seq_cst on %.*s that nothing orders, at %.*s and %.*s: C allows "
        "more than was tried%s%.*s; make them seq_cst, or say model=sc for a list under sequential "
        "consistency\n",
        SPAN_ARG(weak->object), SPAN_ARG(weak->first), SPAN_ARG(weak->second),
        explored->unfollowed.len > 0 ? ", as " : "", SPAN_ARG(explored->unfollowed));
}

/* Does the list hold all that C allows, or what the block says it does? */
static bool is_of_model(const struct outcomes_how *how, const struct explored *explored)
{
    return !explored->is_weak || *how->model != '\0' || span_is(explored->model, "rc11");
}

/* No list of outcomes is every one while something was left out that the block
 * does not name. */
static bool is_whole(const struct doctest_case *test_case, const struct explored *explored)
{
    const struct outcomes_how *how = &claim_of(test_case)->how;
    bool was_explored = explored->model.len > 0 || explored->complete || explored->bounded;

    if (explored->stopped.len > 0 || !was_explored) {
        report_stopped(test_case, explored);
        return false;
    }
    if (explored->doubt_count > 0) {
        report_doubts(test_case, explored);
        return false;
    }
    if (explored->bounded && how->bound < 0)
        buf_adds(doctest_case_begin_finding(test_case),
                 "was explored with few preemptions only; say bound=, or run make\n");
    if (!is_of_model(how, explored))
        report_weak(doctest_case_begin_finding(test_case), explored);
    if (*how->model != '\0' && explored->complete && !explored->is_weak &&
        !span_is(explored->model, "race"))
        buf_addf(doctest_case_begin_finding(test_case),
                 "has every outcome that C allows in its list; leave out model=%s\n", how->model);
    return (!explored->bounded || how->bound >= 0) && is_of_model(how, explored);
}

/* How to see a run again: what the block asks for decides which choices there
 * are, so a schedule means nothing without it. */
static void add_command(struct buf *message, const struct doctest_case *test_case,
                        const char *option, struct span schedule)
{
    const struct outcomes_how *how = &claim_of(test_case)->how;
    const char *folder = test_case->options->explored;

    buf_addf(message, "  heddle explore --%s %.*s", option, SPAN_ARG(schedule));
    if (how->spurious > OUTCOMES_USUAL_SPURIOUS)
        buf_addf(message, " --spurious %ld", how->spurious);
    if (*how->failing != '\0')
        buf_addf(message, " --failing %s", how->failing);
    buf_addf(message, " %s%s%s%s\n", folder != NULL ? folder : "", folder != NULL ? "/" : "",
             test_case->test->program, how->args.count > 0 ? " -- ..." : "");
}

/* Races ----------------------------------------------------------------------- */

static bool is_claimed(const struct doctest_claim *claim, struct span object)
{
    for (size_t i = 0; i < claim->races.count; i++)
        if (span_is(object, claim->races.list[i]))
            return true;
    return false;
}

static void judge_races(const struct doctest_case *test_case, const struct explored *explored)
{
    const struct doctest_claim *claim = claim_of(test_case);

    for (size_t i = 0; i < explored->race_count; i++) {
        const struct outcome_race *race = &explored->races[i];

        struct buf *message;

        if (is_claimed(claim, race->object))
            continue;
        message = doctest_case_begin_finding(test_case);
        buf_addf(message,
                 "has a data race on %.*s, between %.*s and %.*s; say races=%.*s if it shall\n",
                 SPAN_ARG(race->object), SPAN_ARG(race->first), SPAN_ARG(race->second),
                 SPAN_ARG(race->object));
        add_command(message, test_case, "trace", race->schedule);
    }
    for (size_t i = 0; i < claim->races.count; i++) {
        bool found = false;

        for (size_t j = 0; j < explored->race_count && !found; j++)
            found = span_is(explored->races[j].object, claim->races.list[i]);
        if (!found)
            buf_addf(doctest_case_begin_finding(test_case), "has no data race on %s\n",
                     claim->races.list[i]);
    }
}

/* Outcomes -------------------------------------------------------------------- */

static void add_marked(struct buf *message, char mark, struct span text)
{
    struct span line;

    for (int i = 0; span_line(&text, &line); i++)
        if (i < DOCTEST_CASE_MOST_SHOWN) {
            buf_addc(message, mark);
            expect_show_line(line, message);
            buf_addc(message, '\n');
        }
}

static size_t report_unlisted(const struct doctest_case *test_case, const struct explored *explored)
{
    size_t count = 0;

    for (size_t i = 0; i < explored->outcomes.count; i++) {
        const struct outcome *outcome = &explored->outcomes.list[i];
        struct buf *message;

        if (outcomes_find(&claim_of(test_case)->outcomes, outcome->text) != NULL ||
            ++count > MOST_OUTCOMES)
            continue;
        message = doctest_case_begin_finding(test_case);
        buf_adds(message, "has an outcome that the block does not list\n");
        add_marked(message, '+', outcome->text);
        add_command(message, test_case, "replay", outcome->schedule);
    }
    return count;
}

static size_t report_unfound(const struct doctest_case *test_case, const struct explored *explored)
{
    const struct outcome_list *listed = &claim_of(test_case)->outcomes;
    size_t count = 0;

    for (size_t i = 0; i < listed->count; i++) {
        struct buf *message;

        if (outcomes_find(&explored->outcomes, listed->list[i].text) != NULL ||
            ++count > MOST_OUTCOMES)
            continue;
        message = doctest_case_begin_finding(test_case);
        buf_addf(message, "has no schedule with the outcome of line %u\n", listed->list[i].line);
        add_marked(message, '-', listed->list[i].text);
    }
    return count;
}

/* An outcome that no block can show is no reason to write a block that lies. */
static bool can_be_shown(const struct doctest_case *test_case, const struct explored *explored)
{
    for (size_t i = 0; i < explored->outcomes.count; i++) {
        const struct outcome *outcome = &explored->outcomes.list[i];

        struct buf *message;

        if (outcome->fault == NULL)
            continue;
        message = doctest_case_begin_finding(test_case);
        buf_addf(message, "has an outcome that cannot be shown: %s\n", outcome->fault);
        add_command(message, test_case, "replay", outcome->schedule);
        return false;
    }
    return true;
}

static bool has_twice(const struct doctest_case *test_case)
{
    const struct outcome_list *listed = &claim_of(test_case)->outcomes;

    for (size_t i = 0; i < listed->count; i++) {
        const struct outcome *first = outcomes_find(listed, listed->list[i].text);

        if (first == &listed->list[i])
            continue;
        buf_addf(doctest_case_begin_finding(test_case),
                 "has the outcome of line %u in line %u again\n", first->line,
                 listed->list[i].line);
        return true;
    }
    return false;
}

static void judge_outcomes(const struct doctest_case *test_case, const struct explored *explored)
{
    bool failed = test_case->result->outcome == DOCTEST_FAILED;
    size_t wrong = report_unlisted(test_case, explored);

    wrong += report_unfound(test_case, explored);
    wrong += has_twice(test_case);
    if (wrong > MOST_OUTCOMES)
        buf_addf(&test_case->result->message, "\\ and more\n");
    if (failed || wrong == 0)
        return;
    test_case->result->outcome = DOCTEST_DIFFERS;
    outcomes_write(&explored->outcomes, &test_case->result->printed);
}

void doctest_case_compare_outcomes(const struct doctest_case *test_case)
{
    struct arena arena = {0};
    struct explored explored = {0};

    if (read_record(test_case, &explored, &arena) && is_whole(test_case, &explored)) {
        judge_races(test_case, &explored);
        if (can_be_shown(test_case, &explored))
            judge_outcomes(test_case, &explored);
    }
    arena_free(&arena);
}
