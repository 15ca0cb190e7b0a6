#include "random_system.h"

void add_event(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "+++--:", random_below(3) == 0);
}

void add_signal(char *script, unsigned thread)
{
    if (thread > 1 && random_below(3) == 0)
        program_add_word(script, '%', 1 + random_below(thread - 1));
    else if (random_below(2) == 0)
        program_add_one_of(script, "$$$;", random_below(2));
    else
        program_add_one_of(script, "^^!", random_below(3));
}

/* A thread's end: by itself, by another, put off; and whoever waits for it. */
void add_end(char *script, unsigned thread)
{
    static const char *const words[] = {"(0",       ")0",          "*0",          "(0 z0 )0",
                                        "(0 P0 )0", "l0 c0 u0 *0", "(0 d0 u0 )0", "m0"};

    if (thread > 1 && random_below(2) == 0)
        program_add_one_of(script, "SSJ", 1 + random_below(thread - 1));
    else
        program_add_words(script, words[random_below(8)]);
}

void add_closing(char *script, unsigned thread)
{
    program_add_one_of(script, thread == 1 ? ">>[" : "<<?", 0);
}

void add_bits(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "=,", random_below(2));
}

void add_width(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "...~", random_below(3));
}

void add_box(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "@@#", random_below(4) == 0);
}

/* Meaning --------------------------------------------------------------------------- */

/* Words of these verbs become others; of one thing alone, if it is not '\0'. */
static void replace(char *script, const char *verbs, char thing, char by)
{
    script += *script == '_';
    for (; *script != '\0'; script += strcspn(script, " "), script += *script == ' ')
        if (strchr(verbs, *script) != NULL && (thing == '\0' || script[1] == thing))
            memcpy(script, (const char[]){by, '0'}, 2);
}

/* The first who joins that thread is the only one, and nobody else uses its number. It
 * may go on when all others have ended, and use no number itself. */
static void tidy_joined(struct program *program, size_t thread)
{
    const char number = (char)('1' + thread), join[] = {'J', number, '\0'};
    char *first = NULL;

    for (size_t i = 0; i < program->threads && first == NULL; i++)
        first = strstr(program->scripts[i], join);
    if (first == NULL)
        return;
    for (size_t i = 0; i < program->threads; i++)
        replace(program->scripts[i], "SJ%", number, 'y');
    memcpy(first, join, 2);
    replace(program->scripts[thread], "SJ%", '\0', 'y');
    replace(program->scripts[thread], "p", '\0', 'y'); /* which may be cut */
}

static void tidy_closed(struct program *program)
{
    char *closing = strchr(program->scripts[0], '[');

    if (closing == NULL)
        return;
    replace(closing + 1, ">[", '0', 'y');
    for (size_t i = 1; i < program->threads; i++)
        replace(program->scripts[i], ">[", '0', '?');
}

static void leave_alone(struct program *program, const char *verbs, char number)
{
    for (size_t i = 0; i < program->threads; i++)
        replace(program->scripts[i], verbs, number, 'y');
}

/* Of those who would make a thread the first does, and nobody else uses its number. Who
 * makes one is waited for by main. */
static void tidy_made(struct program *program, size_t thread)
{
    const char number = (char)('1' + thread), make[] = {'|', number, '\0'};
    char *first = NULL;

    for (size_t i = 0; i < program->threads && first == NULL; i++)
        first = strstr(program->scripts[i], make);
    if (first == NULL)
        return;
    leave_alone(program, "|S%", number);
    leave_alone(program, "J", '\0');
    memcpy(first, make, 2);
}

/* C's threads are not cancelled and the like by POSIX's calls. */
static void tidy_c(struct program *program, size_t thread)
{
    if (*program->scripts[thread] == '_')
        leave_alone(program, "SJ%", (char)('1' + thread));
}

void system_tidy(struct program *program)
{
    if (*program->scripts[1] == '&')
        for (size_t i = 1; i < program->threads; i++)
            replace(program->scripts[i] + (i == 1), "SJ%|", '\0', 'y');
    for (size_t i = program->threads; i-- > 0;) {
        tidy_made(program, i);
        tidy_c(program, i);
    }
    for (size_t i = program->threads; i-- > 0;)
        tidy_joined(program, i);
    tidy_closed(program);
}
