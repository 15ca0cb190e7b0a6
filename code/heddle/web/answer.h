/*
 * Exercises: a program with a hole, and answers that fill it.
 *
 *     ``` {.c .program file=exercises/counter.c}    has a line <<counter-hole>>
 *     ``` {.c #counter-hole .hole}                  what belongs there
 *     ``` {.c #counter-unlocked .answer of=counter} something else there
 *
 * The last is a program, too: exercises/counter-unlocked.c is the exercise
 * with that block in the place of the hole, so that the chapter can show what
 * a wrong answer prints, or can do.
 */
#ifndef HEDDLE_WEB_ANSWER_H
#define HEDDLE_WEB_ANSWER_H

#include "heddle/web/web.h"

/* The use in the program's own blocks whose chunk is a .hole; NULL when there
 * is none, or more than one. */
struct use *exercise_hole(const struct web *web, const struct target *program);

/* The program's chunk again, with the answer where its hole is. Lives as long
 * as the web; its name, and its place among the web's chunks, are the caller's. */
struct chunk *answer_chunk(struct web *web, const struct target *program, struct chunk *answer);

/* exercises/counter.c and "other": exercises/other.c. In the arena. */
struct span answer_path(struct arena *arena, const struct target *program, struct span name);

#endif
