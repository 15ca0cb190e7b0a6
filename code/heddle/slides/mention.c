#include "heddle/slides/mention.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"

enum { MOST_KINDS = 100 };

bool mentions_count(struct mentions *mentions, struct span name, const char *behind)
{
    for (size_t i = 0; i < mentions->count; i++) {
        struct mention *mention = &mentions->list[i];

        if (span_equal(name, mention->name) && strcmp(behind, mention->behind) == 0) {
            mention->count++;
            return true;
        }
    }
    mentions->others += mentions->count >= MOST_KINDS;
    return mentions->count >= MOST_KINDS;
}

void mentions_add(struct mentions *mentions, const char *before, struct span name,
                  const char *behind, struct span where)
{
    if (mentions_count(mentions, name, behind))
        return;
    *ARRAY_PUSH(mentions->list, mentions->count, mentions->cap) =
        (struct mention){before, behind, name, where, 1};
}

void mentions_say(struct mentions *mentions, const struct source *source, struct diags *diags)
{
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *mention = &mentions->list[i];
        struct buf more = {0};

        if (mention->count > 1)
            buf_addf(&more, " (and %u more)", mention->count - 1);
        diag_add(diags, DIAG_WARNING, source_place(source, mention->where.ptr),
                 (unsigned)span_width(mention->where), "%s%.*s%s%s", mention->before,
                 SPAN_ARG(mention->name), mention->behind, buf_string(&more));
        buf_free(&more);
    }
    if (mentions->others > 0)
        diag_add(diags, DIAG_WARNING, (struct place){source, 0, 0}, 0,
                 "%u more such places are of other kinds than those that are named",
                 mentions->others);
    free(mentions->list);
    *mentions = (struct mentions){0};
}
