/*
 * One litmus program, from its first argument: threads apart by "||",
 * operations by ";", as tests/explore/litmus/README.md tells. Prints all
 * registers, then all locations, as "r0=0 x=1".
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "crew.h"

enum { LETTERS = 26, REGISTERS = 10, OPERATIONS = 16, THREADS = 8 };

struct operation {
    char kind, location; /* 'W' 'R' 'X' 'A' 'F'; 0 for 'a' */
    int reg, value;
    memory_order order;
};

static struct operation operations[THREADS][OPERATIONS];
static int counts[THREADS], thread_count = 1;
static atomic_int locations[LETTERS];
static int registers[REGISTERS];
static bool has_location[LETTERS], has_register[REGISTERS];

static memory_order order_of(const char *word)
{
    return strcmp(word, "rlx") == 0   ? memory_order_relaxed
           : strcmp(word, "acq") == 0 ? memory_order_acquire
           : strcmp(word, "rel") == 0 ? memory_order_release
           : strcmp(word, "ar") == 0  ? memory_order_acq_rel
                                      : memory_order_seq_cst;
}

static int register_of(const char *word)
{
    has_register[word[1] - '0'] = true;
    return word[1] - '0';
}

static char location_of(const char *word)
{
    has_location[word[0] - 'a'] = true;
    return (char)(word[0] - 'a');
}

/* "W x 1 rlx", "R r0 x acq", "X r0 x 2 ar", "A r0 x 1 sc" or "F rel". */
static void parse(struct operation *op, char *words[], int count)
{
    int at = 1;

    op->kind = words[0][0];
    op->order = order_of(words[count - 1]);
    if (strchr("RXA", op->kind) != NULL)
        op->reg = register_of(words[at++]);
    if (op->kind != 'F')
        op->location = location_of(words[at++]);
    if (strchr("WXA", op->kind) != NULL)
        op->value = atoi(words[at]);
}

static void read_program(char *text)
{
    char *words[5], *word;
    int count = 0;

    for (word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
        char *end = strchr(word, ';');
        bool next = strcmp(word, "||") == 0;

        if (!next)
            words[count++] = word;
        if (end != NULL)
            *end = '\0';
        if (end != NULL || next) {
            parse(&operations[thread_count - 1][counts[thread_count - 1]++], words, count);
            count = 0;
            thread_count += next;
        }
    }
    parse(&operations[thread_count - 1][counts[thread_count - 1]++], words, count);
}

static void run(const struct operation *op)
{
    atomic_int *at = &locations[(int)op->location];

    switch (op->kind) {
    case 'W':
        atomic_store_explicit(at, op->value, op->order);
        break;
    case 'R':
        registers[op->reg] = atomic_load_explicit(at, op->order);
        break;
    case 'X':
        registers[op->reg] = atomic_exchange_explicit(at, op->value, op->order);
        break;
    case 'A':
        registers[op->reg] = atomic_fetch_add_explicit(at, op->value, op->order);
        break;
    default:
        atomic_thread_fence(op->order);
    }
}

static void *run_thread(void *argument)
{
    int number = crew_number(argument);

    for (int i = 0; i < counts[number]; i++)
        run(&operations[number][i]);
    return NULL;
}

int main(int argc, char **argv)
{
    char text[1024];

    if (argc < 2)
        return 2;
    snprintf(text, sizeof text, "%s", argv[1]);
    read_program(text);
    crew_run(run_thread, thread_count);
    text[0] = '\0';
    for (int i = 0; i < REGISTERS; i++)
        if (has_register[i])
            sprintf(text + strlen(text), " r%d=%d", i, registers[i]);
    for (int i = 0; i < LETTERS; i++)
        if (has_location[i])
            sprintf(text + strlen(text), " %c=%d", 'a' + i, atomic_load(&locations[i]));
    puts(text + 1);
    return 0;
}
