#define _GNU_SOURCE
#include "explore/names/schedule.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/names/symbols.h"

/* How many of the same stand there. */
static uint32_t length_of(const struct choice *choices, uint32_t count)
{
    uint32_t length = 1;

    while (length < count && choices[0].alternative == 0 && choices[length].alternative == 0 &&
           choices[length].thread == choices[0].thread)
        length++;
    return length;
}

static void write_steps(FILE *out, const struct choice *choices, uint32_t count)
{
    for (uint32_t i = 0, length; i < count; i += length) {
        length = length_of(&choices[i], count - i);
        fprintf(out, "%s%u", i > 0 ? "," : "", choices[i].thread);
        if (length > 1)
            fprintf(out, "x%" PRIu32, length);
        if (choices[i].alternative > 0)
            fprintf(out, "/%u", choices[i].alternative);
    }
}

static void write_place(FILE *out, char mark, uintptr_t place)
{
    const struct symbol *symbol = symbol_at(place);
    unsigned long number = symbol != NULL ? symbol_number(symbol) : 0;

    if (symbol == NULL)
        return;
    fprintf(out, "%c%s", mark, symbol->name);
    if (number > 1)
        fprintf(out, "~%lu", number);
    fprintf(out, "+%" PRIxPTR, place - symbol->address);
}

char *schedule_text(const struct choice *choices, uint32_t count, const struct plan *plan)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        abort();
    if (plan->memory != MEMORY_STEPS)
        fprintf(out, "%s:", memory_name(plan->memory));
    write_steps(out, choices, count);
    if (plan->every_access)
        fputs("@*", out);
    for (uint32_t i = 0; i < plan->site_count && !plan->every_access; i++)
        write_place(out, i == 0 ? '@' : ',', plan->sites[i]);
    fclose(out);
    return text;
}

/* A number and what stands behind it; false when there is none. */
static bool read_number(const char **text, int base, unsigned long most, unsigned long *number)
{
    char *end;

    *number = strtoul(*text, &end, base);
    if (end == *text || **text == '-' || **text == '+' || **text == ' ' || *number > most)
        return false;
    *text = end;
    return true;
}

static bool read_steps(struct plan *plan, const char **text)
{
    unsigned long thread, count = 1, alternative = 0;

    if (!read_number(text, 10, THREADS_MOST - 1, &thread))
        return false;
    if (**text == 'x' && (++*text, !read_number(text, 10, STEPS_MOST, &count)))
        return false;
    if (**text == '/' && (++*text, !read_number(text, 10, 255, &alternative)))
        return false;
    if (count > STEPS_MOST - plan->choice_count)
        return false;
    while (count-- > 0)
        plan->choices[plan->choice_count++] =
            (struct choice){(uint8_t)thread, (uint8_t)alternative};
    return true;
}

/* "count+1b", "count~2+1b" */
static bool read_place(const char **text, uintptr_t *place)
{
    const char *name = *text;
    size_t length = strcspn(name, "~+");
    unsigned long number = 1, offset;
    const struct symbol *symbol;

    *text += length;
    if (**text == '~' && (++*text, !read_number(text, 10, ULONG_MAX, &number)))
        return false;
    symbol = symbol_named(name, length, number);
    if (symbol == NULL || *(*text)++ != '+' || !read_number(text, 16, symbol->size, &offset))
        return false;
    *place = symbol->address + offset;
    return true;
}

static bool read_places(struct plan *plan, const char *text)
{
    plan->every_access = *text == '*';
    if (plan->every_access)
        return text[1] == '\0';
    do {
        if (plan->site_count == SITES_MOST || !read_place(&text, &plan->sites[plan->site_count++]))
            return false;
    } while (*text++ == ',');
    return text[-1] == '\0';
}

/* "rc11:" */
static bool read_memory(struct plan *plan, const char **text)
{
    size_t length = strcspn(*text, ":");
    char name[8] = "";

    plan->memory = MEMORY_STEPS;
    if ((*text)[length] == '\0')
        return true;
    if (length < sizeof name)
        memcpy(name, *text, length);
    plan->memory = memory_named(name);
    *text += length + 1;
    return plan->memory != MEMORIES;
}

bool schedule_read(struct plan *plan, const char *text)
{
    if (!read_memory(plan, &text))
        return false;
    plan->choice_count = plan->site_count = 0;
    plan->every_access = false;
    do {
        if (!read_steps(plan, &text))
            return false;
    } while (*text++ == ',');
    return text[-1] == '\0' || (text[-1] == '@' && read_places(plan, text));
}
