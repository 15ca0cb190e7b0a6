/*
 * The litmus programs on the machine under the table, compiled (machine.awk): each is run
 * ROUNDS times, and every final state must be one that x86's model has. What a program
 * shows of those that sequential consistency lacks is counted, and is chance.
 *
 *     machine ROUNDS [NAME]     NAME: this one only, with how often each state came
 */
#define _GNU_SOURCE
#include "machine.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 250, STATES_MOST = 64, TEXT = 128 };
enum { PATIENCE = 10000 }; /* looks for the others, who may have no processor */

static struct instance instances[BATCH];

struct seen {
    char text[TEXT];
    unsigned long count;
};

static struct seen states[STATES_MOST];
static size_t state_count;

/* One batch of rounds ---------------------------------------------------------- */

struct part {
    const struct program *program;
    int number;
    pthread_t thread;
};

/* A processor for each, as far as there are. */
static void settle(int number)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET((size_t)number % (size_t)sysconf(_SC_NPROCESSORS_ONLN), &set);
    pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

/* All threads begin a round at about the same time, if they can. */
static void *run_part(void *argument)
{
    const struct part *part = argument;

    settle(part->number);
    for (int i = 0; i < BATCH; i++) {
        struct instance *instance = &instances[i];

        atomic_fetch_add(&instance->come, 1);
        for (int look = 0; look < PATIENCE; look++)
            if (atomic_load(&instance->come) == part->program->threads)
                break;
        part->program->run[part->number](instance);
    }
    return NULL;
}

static void write_state(const struct program *program, struct instance *instance, char text[TEXT])
{
    size_t length = 0;

    for (const char *r = program->registers; *r != '\0'; r++)
        length += (size_t)snprintf(text + length, TEXT - length, "r%c=%d ", *r,
                                   instance->registers[*r - '0']);
    for (const char *x = program->locations; *x != '\0'; x++)
        length += (size_t)snprintf(text + length, TEXT - length, "%c=%d ", *x,
                                   atomic_load(&instance->places[*x - 'x'].value));
    text[length - 1] = '\0';
}

static void take(const char *text)
{
    size_t i = 0;

    while (i < state_count && strcmp(states[i].text, text) != 0)
        i++;
    if (i == STATES_MOST)
        abort();
    if (i == state_count)
        strcpy(states[state_count++].text, text);
    states[i].count++;
}

static void run_batch(const struct program *program)
{
    struct part parts[THREADS];
    char text[TEXT];

    memset(instances, 0, sizeof instances);
    for (int i = 0; i < program->threads; i++) {
        parts[i] = (struct part){.program = program, .number = i};
        if (pthread_create(&parts[i].thread, NULL, run_part, &parts[i]) != 0)
            abort();
    }
    for (int i = 0; i < program->threads; i++)
        pthread_join(parts[i].thread, NULL);
    for (int i = 0; i < BATCH; i++) {
        write_state(program, &instances[i], text);
        take(text);
    }
}

/* Judging -------------------------------------------------------------------------- */

/* Is it one of the list, from the first letter to the comma? */
static bool is_in(const char *list, const char *text)
{
    size_t length = strlen(text);

    for (const char *at = list; (at = strstr(at, text)) != NULL; at++)
        if ((at == list || at[-1] == ' ') && (at[length] == ',' || at[length] == '\0') &&
            (at == list || at[-2] == ','))
            return true;
    return false;
}

static struct {
    unsigned programs, bad, may, did; /* may: show what sequential consistency lacks */
    unsigned long rounds, more;       /* more: rounds that did */
} sum;

static void judge(const struct program *program, bool tell)
{
    unsigned long more = 0;

    for (size_t i = 0; i < state_count; i++) {
        bool is_sc = is_in(program->sc, states[i].text);

        if (tell)
            printf("%10lu  %s%s\n", states[i].count, states[i].text,
                   is_sc ? "" : "  (store buffers)");
        if (!is_sc && !is_in(program->more, states[i].text)) {
            printf("%s ends with %s, which x86's model has not\n", program->name, states[i].text);
            sum.bad++;
        }
        more += is_sc ? 0 : states[i].count;
    }
    sum.programs++;
    sum.may += strcmp(program->more, "-") != 0;
    sum.did += more > 0;
    sum.more += more;
}

int main(int argc, char **argv)
{
    unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : BATCH;

    for (size_t i = 0; i < program_count; i++) {
        if (argc > 2 && strcmp(argv[2], programs[i].name) != 0)
            continue;
        state_count = 0;
        memset(states, 0, sizeof states);
        for (unsigned long done = 0; done < rounds; done += BATCH, sum.rounds += BATCH)
            run_batch(&programs[i]);
        judge(&programs[i], argc > 2);
    }
    printf(
        "%u programs, %lu rounds: %u states that x86's model lacks; of %u programs that may show "
        "their store buffers %u did, in %lu rounds\n",
        sum.programs, sum.rounds, sum.bad, sum.may, sum.did, sum.more);
    return sum.bad > 0 || sum.programs == 0;
}
