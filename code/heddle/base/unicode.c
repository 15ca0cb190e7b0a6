#include "heddle/base/unicode.h"

#include <stdlib.h>
#include <utf8proc.h>

struct span unicode_in_form(struct span text, enum unicode_form form, struct arena *arena)
{
    const int fold = form == UNICODE_FOLDED ? UTF8PROC_CASEFOLD : 0;
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &made,
                     (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE | fold));

    if (length < 0)
        return text;
    text = (struct span){arena_copy(arena, (const char *)made, (size_t)length), (size_t)length};
    free(made);
    return text;
}
