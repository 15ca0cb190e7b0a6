#include "heddle/base/shell_words.h"

static bool is_between(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Copy the quoted text at `at` without its quotes; the byte behind it, or NULL
 * when the quote is never closed. Inside "..." a backslash keeps " and \. */
static const char *copy_quoted(const char *at, char **to)
{
    char quote = *at++;

    while (*at != '\0' && *at != quote) {
        if (quote == '"' && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
            at++;
        *(*to)++ = *at++;
    }
    return *at == quote ? at + 1 : NULL;
}

/* Copy the word at `at`; the byte behind it, or NULL with a fault. */
static const char *copy_word(const char *at, char **to, const char **fault)
{
    while (at != NULL && *at != '\0' && !is_between(*at)) {
        if (*at == '\'' || *at == '"') {
            at = copy_quoted(at, to);
            *fault = at == NULL ? "has a quote that is never closed" : NULL;
        } else if (*at == '\\' && at[1] == '\0') {
            *fault = "ends in a backslash";
            at = NULL;
        } else {
            at += *at == '\\';
            *(*to)++ = *at++;
        }
    }
    *(*to)++ = '\0';
    return at;
}

const char *shell_words_split(struct shell_words *words, struct arena *arena, struct span text)
{
    const char *at = arena_copy(arena, text.ptr, text.len), *fault = NULL;
    char *to = arena_alloc(arena, text.len + 1);

    *words = (struct shell_words){arena_array(arena, text.len / 2 + 2, sizeof(char *)), 0};
    for (;;) {
        while (is_between(*at))
            at++;
        if (*at == '\0')
            return NULL;
        words->list[words->count++] = to;
        at = copy_word(at, &to, &fault);
        if (at == NULL)
            return fault;
    }
}
