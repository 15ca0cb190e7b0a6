/*
 * The words of a command line, as a shell takes them apart: at blanks and
 * newlines, with '...', "..." and a backslash keeping text together. Nothing
 * is expanded: $, * and ~ are themselves.
 */
#ifndef HEDDLE_BASE_SHELL_WORDS_H
#define HEDDLE_BASE_SHELL_WORDS_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

struct shell_words {
    const char **list; /* in the arena, each with a NUL; NULL behind the last */
    size_t count;
};

/* NULL, or what is wrong ("has a quote that is never closed"). Text with a NUL
 * ends there. */
const char *shell_words_split(struct shell_words *words, struct arena *arena, struct span text);

#endif
