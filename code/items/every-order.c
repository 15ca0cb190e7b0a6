/* Written by heddle tangle from chapters/90-every-outcome.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdio.h>

enum { MOST = 4 };

enum step { START, READ, WRITE, END };

static const enum step program[] = {START, READ, WRITE, END};

struct machine {
    int threads;
    int count;       /* what they share */
    int value[MOST]; /* what each has read */
    int at[MOST];    /* where each is in its program */
};

static enum step next_step(const struct machine *m, int who)
{
    return program[m->at[who]];
}

static bool is_over(const struct machine *m)
{
    for (int who = 0; who < m->threads; who++)
        if (next_step(m, who) != END)
            return false;
    return true;
}

static struct machine after_step(struct machine m, int who)
{
    switch (program[m.at[who]++]) {
    case READ: m.value[who] = m.count; break;
    case WRITE: m.count = m.value[who] + 1; break;
    default: break;
    }
    return m;
}

struct tally {
    int runs;
    bool seen[MOST + 1]; /* the counts that came out */
};

static void count_run(struct tally *tally, const struct machine *m)
{
    tally->runs++;
    tally->seen[m->count] = true;
}

static void print_tally(int threads, const struct tally *tally)
{
    const char *between = "the count ends as";

    printf("%d threads: %d runs, ", threads, tally->runs);
    for (int count = 0; count <= MOST; count++)
        if (tally->seen[count]) {
            printf("%s %d", between, count);
            between = " or";
        }
    putchar('\n');
}

static void explore_all(struct machine m, struct tally *tally)
{
    if (is_over(&m))
        count_run(tally, &m);
    for (int who = 0; who < m.threads; who++)
        if (next_step(&m, who) != END)
            explore_all(after_step(m, who), tally);
}

int main(void)
{
    for (int threads = 2; threads <= MOST; threads++) {
        struct tally tally = {0};

        explore_all((struct machine){.threads = threads}, &tally);
        print_tally(threads, &tally);
    }
    return 0;
}
