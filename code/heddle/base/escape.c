#include "heddle/base/escape.h"

#include <stdint.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void escape_html(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char *name = entity(text.ptr[i]);

        if (name != NULL)
            buf_adds(out, name);
        else
            buf_addc(out, text.ptr[i]);
    }
}

/* RFC 4648, section 4. */
void escape_base64(struct buf *out, struct span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.ptr[i] << 16;

        if (left > 1)
            group |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
        if (left > 2)
            group |= (unsigned char)bytes.ptr[i + 2];
        buf_addc(out, digits[group >> 18]);
        buf_addc(out, digits[group >> 12 & 63]);
        buf_addc(out, left > 1 ? digits[group >> 6 & 63] : '=');
        buf_addc(out, left > 2 ? digits[group & 63] : '=');
    }
}
