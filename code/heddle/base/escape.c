#include "heddle/base/escape.h"

#include <stdint.h>
#include <string.h>

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

/* `character` is the one that stands at a text's start, or empty. */
static bool may_stand_in_xml(struct span character)
{
    unsigned char first = character.len > 0 ? (unsigned char)character.ptr[0] : 0;

    return first >= 0x20
               ? !span_is(character, "\xef\xbf\xbe") && !span_is(character, "\xef\xbf\xbf")
               : first == '\t' || first == '\n' || first == '\r';
}

/* The first character, moved from `text` to `out`. */
static void move_character(struct buf *out, struct span *text)
{
    struct span character = {text->ptr, span_character(*text)};

    if (may_stand_in_xml(character))
        buf_add(out, character);
    else
        buf_adds(out, "\xef\xbf\xbd");
    *text = span_skip(*text, character.len > 0 ? character.len : 1);
}

void escape_controls(struct buf *out, struct span text)
{
    while (text.len > 0)
        move_character(out, &text);
}

/* How many letters from the start stand for themselves: most of any text. */
static size_t plain_run(struct span text)
{
    size_t len = 0;

    while (len < text.len && text.ptr[len] >= 0x20 && text.ptr[len] < 0x7f &&
           entity(text.ptr[len]) == NULL)
        len++;
    return len;
}

void escape_html(struct buf *out, struct span text)
{
    while (text.len > 0) {
        size_t plain = plain_run(text);
        const char *name = entity(text.ptr[0]);

        if (plain > 0) {
            buf_add(out, (struct span){text.ptr, plain});
            text = span_skip(text, plain);
        } else if (name != NULL) {
            buf_adds(out, name);
            text = span_skip(text, 1);
        } else {
            move_character(out, &text);
        }
    }
}

void escape_undo_html(struct buf *out, struct span text)
{
    static const char signs[] = "&<>\"";

    while (text.len > 0) {
        size_t i = 0;

        while (signs[i] != '\0' && !span_starts(text, entity(signs[i])))
            i++;
        buf_addc(out, signs[i] != '\0' ? signs[i] : text.ptr[0]);
        text = span_skip(text, signs[i] != '\0' ? strlen(entity(signs[i])) : 1);
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

bool escape_is_percent(struct span text)
{
    return text.len > 2 && text.ptr[0] == '%' && hex_digit(text.ptr[1]) >= 0 &&
           hex_digit(text.ptr[2]) >= 0;
}

void escape_undo_percent(struct buf *out, struct span address)
{
    for (size_t len; address.len > 0; address = span_skip(address, len)) {
        bool marked = escape_is_percent(address);

        len = marked ? strlen("%C3") : 1;
        buf_addc(out, marked ? (char)(hex_digit(address.ptr[1]) * 16 + hex_digit(address.ptr[2]))
                             : address.ptr[0]);
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
