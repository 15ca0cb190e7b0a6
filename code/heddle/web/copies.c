#include "heddle/web/copies.h"

#include <ctype.h>

#include "heddle/base/table.h"

/* The text of a part, in the arena. */
static struct span text_of(const struct part *part, struct arena *arena)
{
    struct buf text = {0};

    for (unsigned i = 0; i < part->block->line_count; i++) {
        buf_add(&text, code_line_span(&part->block->lines[i]));
        buf_addc(&text, '\n');
    }
    return buf_take(&text, arena);
}

/* Braces and blank lines come again without having been copied. */
static bool says_something(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (isalnum((unsigned char)text.ptr[i]))
            return true;
    return false;
}

static void warn(const struct part *part, const struct part *first, struct diags *diags)
{
    struct span name = part_name_span(part);

    diag_add(diags, DIAG_WARNING, part_place(part), (unsigned)name.len,
             "this part of \"%.*s\" repeats an earlier one word for word; "
             "if it was copied, give it a name of its own",
             SPAN_ARG(part->chunk->name));
    diag_add(diags, DIAG_NOTE, part_place(first), 1, "this is the earlier one");
}

static void look_at(const struct chunk *chunk, struct diags *diags)
{
    struct table seen = {0};
    struct arena arena = {0};

    for (struct part *part = chunk->first; part != NULL; part = part->next) {
        struct span text = text_of(part, &arena);
        void **slot;

        if (!says_something(text))
            continue;
        slot = table_put(&seen, text);
        if (*slot != NULL)
            warn(part, *slot, diags);
        else
            *slot = part;
    }
    table_free(&seen);
    arena_free(&arena);
}

void copies_warn(const struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->chunk_count; i++)
        if (web->chunks[i]->first != web->chunks[i]->last)
            look_at(web->chunks[i], diags);
}
