#include "heddle/tangle/definitions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/tangle/tangle.h"

static bool is_identifier_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static struct span first_word(struct span text)
{
    size_t len = 0;

    while (len < text.len && is_identifier_byte(text.ptr[len]))
        len++;
    return (struct span){text.ptr, len};
}

/* "struct queue {" names queue. */
static struct span type_defined(struct span line)
{
    static const char *const kinds[] = {"typedef ", "struct ", "union ", "enum "};
    struct span rest = line, name = {0};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (span_starts(rest, kinds[i]))
            rest = span_skip(rest, strlen(kinds[i]));
    name = first_word(rest);
    if (rest.ptr == line.ptr || !span_is(span_trim(span_skip(rest, name.len)), "{"))
        name.len = 0;
    return name;
}

/* "static int queue_get(struct queue *q," names queue_get, if a body follows
 * before the next semicolon. `rest` is the text behind the line. */
static struct span function_defined(struct span line, struct span rest)
{
    const char *paren = line.len > 0 ? memchr(line.ptr, '(', line.len) : NULL;
    const char *begin = paren;
    struct span next = line;

    if (paren == NULL || !is_identifier_byte(line.ptr[0]))
        return (struct span){0};
    while (begin > line.ptr && is_identifier_byte(begin[-1]))
        begin--;
    do {
        if (span_starts(next, "{"))
            return begin > line.ptr ? span_between(begin, paren) : (struct span){0};
        if (next.len > 0 && next.ptr[next.len - 1] == ';')
            break;
    } while (span_line(&rest, &next));
    return (struct span){0};
}

void definitions_find(const struct target *target, struct arena *arena,
                      struct definitions *definitions)
{
    struct buf text = {0};
    struct span rest, line;
    size_t count, number = 0;
    struct origin *origins = tangle_origins(target, &count);

    tangle_clean(target, &text);
    rest = buf_take(&text, arena);
    for (; number < count && span_line(&rest, &line); number++) {
        struct span type = type_defined(line), function = function_defined(line, rest);

        if (type.len + function.len > 0)
            *ARRAY_PUSH(definitions->list, definitions->count, definitions->cap) =
                (struct definition){.name = type.len > 0 ? type : function,
                                    .is_type = type.len > 0,
                                    .part = origins[number].part,
                                    .line = origins[number].line};
    }
    free(origins);
}
