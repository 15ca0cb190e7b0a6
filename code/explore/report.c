#define _GNU_SOURCE
#include "explore/report.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/json.h"
#include "explore/base/real.h"
#include "explore/names/names.h"
#include "explore/names/places.h"
#include "explore/names/schedule.h"
#include "explore/names/spelled.h"
#include "explore/names/symbols.h"
#include "explore/names/words.h"
#include "explore/verdict.h"

/* All places that the report will name. */
static void find_places(const struct exploration *all)
{
    size_t most =
        all->outcomes.count * (THREADS_MOST + 2) + 2 * all->finding_count + all->doubt_count + 3;
    size_t count = 0;
    uintptr_t *places = calloc(most, sizeof *places);

    if (places == NULL)
        abort();
    places[count++] = all->fault_place;
    places[count++] = all->weak.first;
    places[count++] = all->weak.second;
    for (uint32_t i = 0; i < all->doubt_count; i++)
        places[count++] = all->doubts[i].place;
    for (size_t i = 0; i < all->outcomes.count; i++) {
        const struct outcome *outcome = &all->outcomes.list[i];

        places[count++] = outcome->fault_place;
        places[count++] = outcome->since;
        for (unsigned j = 0; j < outcome->thread_count && is_fault(outcome->ending); j++)
            places[count++] = outcome->leftovers[j].pending.place;
    }
    for (size_t i = 0; i < all->finding_count; i++) {
        places[count++] = all->findings[i].race.first;
        places[count++] = all->findings[i].race.second;
    }
    places_find(places, count);
    free(places);
}

static const char *const stops[] = {
    [STOP_NOT] = "",        [STOP_RUNS] = "runs",         [STOP_SECONDS] = "seconds",
    [STOP_STEPS] = "steps", [STOP_REFUSED] = "refused",   [STOP_DIVERGED] = "diverged",
    [STOP_RACE] = "race",   [STOP_ASKED] = "interrupted", [STOP_SHARD] = "shard",
};

static const char *race_object(const struct race *race)
{
    const struct symbol *symbol = symbol_at(race->address);

    return symbol != NULL ? name_spelled(symbol->name) : "memory";
}

/* For people ------------------------------------------------------------------ */

static void write_at(FILE *out, uintptr_t place)
{
    if (place != 0)
        fprintf(out, " at %s", place_name(place));
}

static void write_stop(const struct exploration *all, FILE *out)
{
    switch (all->stop) {
    case STOP_NOT:
        break;
    case STOP_RUNS:
        fprintf(out, "incomplete: stopped after %lu runs\n", all->options->runs);
        break;
    case STOP_SECONDS:
        fprintf(out, "incomplete: stopped after %lu s; more with --seconds\n",
                all->options->seconds);
        break;
    case STOP_STEPS:
        if (all->fault != NULL)
            fprintf(out, "incomplete: a run %s\n", all->fault);
        else
            fprintf(out, "incomplete: a run did not end within %lu steps%s\n", all->options->steps,
                    all->options->steps < STEPS_MOST ? "; more with --steps" : "");
        break;
    case STOP_REFUSED:
        fprintf(out, "cannot be explored: %s", all->fault);
        write_at(out, all->fault_place);
        fputc('\n', out);
        break;
    case STOP_ASKED:
        fprintf(out, "incomplete: interrupted after %.0f s\n", all->seconds);
        break;
    case STOP_SHARD:
        fprintf(out, "incomplete: shard %u/%u of it\n", all->options->shard, all->options->shards);
        break;
    case STOP_RACE:
        fputs("incomplete: stopped at a data race, behind which C promises nothing\n", out);
        break;
    case STOP_DIVERGED:
        fprintf(out,
                "cannot be explored: the same schedule led elsewhere, %s; does it depend on "
                "chance, or on addresses?\n",
                all->fault);
        break;
    }
}

static void write_doubts(const struct exploration *all, FILE *out)
{
    for (uint32_t i = 0; i < all->doubt_count; i++) {
        fprintf(out, "not proven: %s", all->doubts[i].text);
        write_at(out, all->doubts[i].place);
        fputc('\n', out);
    }
}

static void write_verdict(const struct exploration *all, FILE *out)
{
    switch (verdict_of(all)) {
    case VERDICT_COMPLETE:
        fputs("complete: every schedule\n", out);
        break;
    case VERDICT_WEAK:
        fputs("complete under sequential consistency: every schedule\n", out);
        break;
    case VERDICT_BOUNDED:
        fprintf(out, "bounded: every schedule with at most %d preemption%s\n", all->options->bound,
                all->options->bound == 1 ? "" : "s");
        break;
    default:
        write_stop(all, out);
    }
    write_doubts(all, out);
    fputs("assumed: ", out);
    verdict_write_assumed(all, out);
    fputc('\n', out);
}

/* A line that the end has cut looks like a whole one, so it says what it is. */
static void write_indented(FILE *out, const char *mark, const char *text, size_t size)
{
    bool is_cut = size > 0 && text[size - 1] != '\n';

    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t line = end != NULL ? (size_t)(end - text) : size;

        fprintf(out, "    %s%.*s\n", mark, (int)line, text);
        line += end != NULL;
        text += line;
        size -= line;
    }
    if (is_cut)
        fputs("    (no newline at the end)\n", out);
}

static void write_waits(FILE *out, const struct outcome *outcome)
{
    for (unsigned i = 0; i < outcome->thread_count; i++) {
        if (!outcome->leftovers[i].alive)
            continue;
        fprintf(out, "    %s ", thread_name(i));
        write_wait(out, &outcome->leftovers[i]);
        fprintf(out, ", at %s\n", place_name(outcome->leftovers[i].pending.place));
    }
}

static void write_fault_places(const struct outcome *outcome, FILE *out)
{
    if (outcome->fault_place != 0)
        fprintf(out, "    at %s\n", place_name(outcome->fault_place));
    if (outcome->since != 0)
        fprintf(out, "    %s at %s\n", outcome->was, place_name(outcome->since));
}

static void write_outcome(const struct exploration *all, FILE *out, size_t number)
{
    struct outcome *outcome = &all->outcomes.list[number];
    char *schedule = schedule_text(outcome->choices, outcome->choice_count, all->plan);

    names_begin(outcome->thread_count, (const char(*)[NAME_SIZE])outcome->names, outcome->routines);
    fprintf(out, "\noutcome %zu, of %lu run%s: ", number + 1, outcome->runs,
            outcome->runs == 1 ? "" : "s");
    write_ending(out, outcome);
    fputc('\n', out);
    if (ending_is_stuck(outcome->ending))
        write_waits(out, outcome);
    if (outcome->ending == ENDING_MISUSE)
        write_fault_places(outcome, out);
    write_indented(out, "| ", outcome->out, outcome->out_size);
    write_indented(out, "stderr | ", outcome->err, outcome->err_size);
    fprintf(out, "    schedule %s\n", schedule);
    free(schedule);
}

static void write_race(FILE *out, const struct finding *finding)
{
    const struct race *race = &finding->race;

    fprintf(out,
            "\ndata race on %s: %s %s it at %s,\n    %s %s it at %s\n"
            "    schedule %s\n",
            race_object(race), finding->first, race->first_writes ? "writes" : "reads",
            place_name(race->first), finding->second, race->second_writes ? "writes" : "reads",
            place_name(race->second), finding->schedule);
}

static void write_weak(const struct exploration *all, FILE *out)
{
    fprintf(out,
            "\nweaker than seq_cst: atomic accesses to %s at %s\n    and at %s; C allows more than "
            "was tried\n",
            race_object(&all->weak), place_name(all->weak.first), place_name(all->weak.second));
    if (all->unfollowed != NULL)
        fprintf(out, "    (%s)\n", all->unfollowed);
}

static void write_text(const struct exploration *all, FILE *out)
{
    fprintf(out, "%s: %zu outcome%s, %lu run%s", all->options->program, all->outcomes.count,
            all->outcomes.count == 1 ? "" : "s", all->runs, all->runs == 1 ? "" : "s");
    if (all->redundant > 0)
        fprintf(out, " and %lu cut short", all->redundant);
    if (all->states > 0)
        fprintf(out, ", %lu states", all->states);
    fprintf(out, ", %.2f s\n", all->seconds);
    write_verdict(all, out);
    if (all->is_weak && all->memory != MEMORY_RC11)
        write_weak(all, out);
    for (size_t i = 0; i < all->outcomes.count; i++)
        write_outcome(all, out, i);
    for (size_t i = 0; i < all->finding_count; i++)
        write_race(out, &all->findings[i]);
}

void report_run(const struct record *run, FILE *out)
{
    struct outcomes outcomes = {0};
    struct exploration all = {0};
    struct outcome *outcome;

    outcomes_add(&outcomes, run, &(const struct printed){"", "", 0, 0});
    outcome = outcomes.list;
    all.outcomes = outcomes;
    find_places(&all);
    names_begin(outcome->thread_count, (const char(*)[NAME_SIZE])outcome->names, outcome->routines);
    write_ending(out, outcome);
    fputc('\n', out);
    if (ending_is_stuck(outcome->ending))
        write_waits(out, outcome);
    write_fault_places(outcome, out);
    outcomes_free(&outcomes);
}

/* For programs ----------------------------------------------------------------- */

static void write_json_waits(FILE *out, const struct outcome *outcome)
{
    const char *comma = "";

    for (unsigned i = 0; i < outcome->thread_count; i++) {
        char *text = NULL;
        size_t size;
        FILE *wait;

        if (!outcome->leftovers[i].alive)
            continue;
        wait = open_memstream(&text, &size);
        write_wait(wait, &outcome->leftovers[i]);
        fclose(wait);
        fprintf(out, "%s{\"thread\": %u, \"name\": ", comma, i);
        json_string(out, thread_name(i));
        fputs(", \"text\": ", out);
        json_text(out, text, size);
        fputs(", \"at\": ", out);
        json_string(out, place_name(outcome->leftovers[i].pending.place));
        fputc('}', out);
        free(text);
        comma = ", ";
    }
}

static void write_json_ending(FILE *out, const struct outcome *outcome)
{
    char *text = NULL;
    size_t size;
    FILE *ending = open_memstream(&text, &size);

    write_ending(ending, outcome);
    fclose(ending);
    fprintf(out, "{\"ending\": \"%s\", \"status\": %d, \"text\": ", ending_word(outcome->ending),
            outcome->status);
    json_text(out, text, size);
    if (outcome->fault_place != 0) {
        fputs(", \"at\": ", out);
        json_string(out, place_name(outcome->fault_place));
    }
    if (outcome->since != 0) {
        fprintf(out, ", \"%s_at\": ", outcome->was);
        json_string(out, place_name(outcome->since));
    }
    free(text);
}

static void write_json_outcome(const struct exploration *all, FILE *out, size_t number)
{
    struct outcome *outcome = &all->outcomes.list[number];
    char *schedule = schedule_text(outcome->choices, outcome->choice_count, all->plan);

    names_begin(outcome->thread_count, (const char(*)[NAME_SIZE])outcome->names, outcome->routines);
    write_json_ending(out, outcome);
    fputs(",\n   \"stdout\": ", out);
    json_text(out, outcome->out, outcome->out_size);
    fputs(", \"stderr\": ", out);
    json_text(out, outcome->err, outcome->err_size);
    fputs(", \"waits\": [", out);
    if (ending_is_stuck(outcome->ending))
        write_json_waits(out, outcome);
    fprintf(out, "],\n   \"runs\": %lu, \"preemptions\": %u, \"steps\": %u, \"schedule\": \"%s\"}",
            outcome->runs, outcome->preemptions, (unsigned)outcome->choice_count, schedule);
    free(schedule);
}

static void write_json_side(FILE *out, const char *side, unsigned thread, const char *name,
                            bool writes, uintptr_t place)
{
    fprintf(out, "\"%s\": {\"thread\": %u, \"name\": ", side, thread);
    json_string(out, name);
    fprintf(out, ", \"does\": \"%s\", \"at\": ", writes ? "write" : "read");
    json_string(out, place_name(place));
    fputc('}', out);
}

static void write_json_race(FILE *out, const struct finding *finding)
{
    const struct race *race = &finding->race;

    fputs("{\"object\": ", out);
    json_string(out, race_object(race));
    fputs(", ", out);
    write_json_side(out, "first", race->first_thread, finding->first, race->first_writes,
                    race->first);
    fputs(", ", out);
    write_json_side(out, "second", race->second_thread, finding->second, race->second_writes,
                    race->second);
    fprintf(out, ", \"schedule\": \"%s\"}", finding->schedule);
}

static void write_json_fault(const struct exploration *all, FILE *out)
{
    fputs(",\n \"fault\": ", out);
    json_string(out, all->fault != NULL ? all->fault : "");
    fputs(", \"fault_at\": ", out);
    json_string(out, all->fault_place != 0 ? place_name(all->fault_place) : "");
}

static void write_json_doubts(const struct exploration *all, FILE *out)
{
    fputs(",\n \"unproven\": [", out);
    for (uint32_t i = 0; i < all->doubt_count; i++) {
        fputs(i > 0 ? ", {\"text\": " : "{\"text\": ", out);
        json_string(out, all->doubts[i].text);
        fputs(", \"at\": ", out);
        json_string(out, all->doubts[i].place != 0 ? place_name(all->doubts[i].place) : "");
        fputc('}', out);
    }
    fputc(']', out);
}

/* Who says what the list is worth says it in one line, the same everywhere. */
static void write_json_worth(const struct exploration *all, FILE *out)
{
    char *text = NULL;
    size_t size;
    FILE *assumed = open_memstream(&text, &size);

    verdict_write_assumed(all, assumed);
    fclose(assumed);
    fprintf(out, ",\n \"model\": \"%s\", \"assumed\": ", verdict_model(all));
    json_text(out, text, size);
    free(text);
    if (all->is_weak) {
        fputs(",\n \"unfollowed\": ", out);
        json_string(out, all->unfollowed != NULL ? all->unfollowed : "");
        fputs(",\n \"weak\": {\"object\": ", out);
        json_string(out, race_object(&all->weak));
        fputs(", \"first\": ", out);
        json_string(out, place_name(all->weak.first));
        fputs(", \"second\": ", out);
        json_string(out, place_name(all->weak.second));
        fputc('}', out);
    }
    write_json_doubts(all, out);
}

static double seconds_of(const struct rusage *use)
{
    return (double)use->ru_utime.tv_sec + (double)use->ru_utime.tv_usec / 1e6 +
           (double)use->ru_stime.tv_sec + (double)use->ru_stime.tv_usec / 1e6;
}

/* The most memory that was in use, in KiB; 0: the kernel does not say (proc(5)). */
static long memory_used(void)
{
    char text[4096];
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t size = fd >= 0 ? real.read(fd, text, sizeof text - 1) : 0;
    const char *line;

    if (fd >= 0)
        real.close(fd);
    text[size > 0 ? size : 0] = '\0';
    line = strstr(text, "VmHWM:");
    return line != NULL ? strtol(line + strlen("VmHWM:"), NULL, 10) : 0;
}

/* Of the processor, for all runs and the search; by the kernel, as the program's own
 * getrusage(2) has one answer for whoever is asked for. */
static void write_json_use(FILE *out)
{
    struct rusage ours, theirs;

    if (real.syscall(SYS_getrusage, RUSAGE_SELF, &ours) != 0 ||
        real.syscall(SYS_getrusage, RUSAGE_CHILDREN, &theirs) != 0)
        return;
    fprintf(out, ", \"processor\": %.4f, \"kib\": %ld", seconds_of(&ours) + seconds_of(&theirs),
            memory_used());
}

static void write_json(const struct exploration *all, FILE *out)
{
    fputs("{\"program\": ", out);
    json_string(out, all->options->program);
    fprintf(out, ", \"complete\": %s, \"bounded\": %s, \"bound\": %d, \"stopped\": \"%s\"",
            verdict_of(all) == VERDICT_COMPLETE ? "true" : "false", all->bounded ? "true" : "false",
            all->options->bound, stops[all->stop]);
    write_json_fault(all, out);
    write_json_worth(all, out);
    fprintf(out,
            ",\n \"runs\": %lu, \"redundant\": %lu, \"restarts\": %lu, \"steps\": %llu, "
            "\"states\": %lu, \"forked\": %lu, \"seconds\": %.4f",
            all->runs, all->redundant, all->restarts, all->steps, all->states, all->forked,
            all->seconds);
    write_json_use(out);
    fputs(",\n \"outcomes\": [", out);
    for (size_t i = 0; i < all->outcomes.count; i++) {
        fputs(i > 0 ? ",\n  " : "\n  ", out);
        write_json_outcome(all, out, i);
    }
    fputs("],\n \"races\": [", out);
    for (size_t i = 0; i < all->finding_count; i++) {
        fputs(i > 0 ? ",\n  " : "\n  ", out);
        write_json_race(out, &all->findings[i]);
    }
    fputs("]}\n", out);
}

void report(const struct exploration *all, FILE *out)
{
    find_places(all);
    if (all->options->json)
        write_json(all, out);
    else
        write_text(all, out);
}

int report_status(const struct exploration *all)
{
    bool fault = all->finding_count > 0;

    for (size_t i = 0; i < all->outcomes.count; i++)
        fault = fault || is_fault(all->outcomes.list[i].ending);
    if (verdict_of(all) == VERDICT_REFUSED)
        return 2;
    return fault ? 1 : verdict_of(all) == VERDICT_COMPLETE ? 0 : 3;
}
