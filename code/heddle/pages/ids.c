#include "heddle/pages/ids.h"

#include <string.h>

static bool may_stand_in_id(char c)
{
    unsigned char u = (unsigned char)c;

    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
           u >= 0x80 || (u != 0 && strchr("._-/", c) != NULL);
}

/* The colon before the number and the tilde before a byte stand in no name. */
void ids_add_chunk(struct buf *out, struct span name, unsigned part)
{
    buf_adds(out, "chunk-");
    for (size_t i = 0; i < name.len; i++) {
        if (may_stand_in_id(name.ptr[i]))
            buf_addc(out, name.ptr[i]);
        else
            buf_addf(out, "~%02x", (unsigned)(unsigned char)name.ptr[i]);
    }
    if (part > 1)
        buf_addf(out, ":%u", part);
}

unsigned ids_part_number(const struct part *part)
{
    unsigned number = 1;

    for (const struct part *p = part->chunk->first; p != part; p = p->next)
        number++;
    return number;
}

void ids_add_link(struct piece *out, struct span name, unsigned part)
{
    struct buf id = {0};

    ids_add_chunk(&id, name, part);
    piece_add_link(out, buf_span(&id));
    buf_free(&id);
}
