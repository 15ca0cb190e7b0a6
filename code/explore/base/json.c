#include "explore/base/json.h"

#include <string.h>

/* How long the UTF-8 sequence at `text` is; 0: it is none. */
static size_t sequence(const unsigned char *text, size_t size)
{
    size_t length = text[0] < 0x80   ? 1
                    : text[0] < 0xc2 ? 0
                    : text[0] < 0xe0 ? 2
                    : text[0] < 0xf0 ? 3
                    : text[0] < 0xf5 ? 4
                                     : 0;

    if (length > size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    if ((text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xed && text[1] > 0x9f) ||
        (text[0] == 0xf0 && text[1] < 0x90) || (text[0] == 0xf4 && text[1] > 0x8f))
        return 0;
    return length;
}

static void put_byte(FILE *out, unsigned char byte)
{
    switch (byte) {
    case '"':
        fputs("\\\"", out);
        break;
    case '\\':
        fputs("\\\\", out);
        break;
    case '\n':
        fputs("\\n", out);
        break;
    case '\t':
        fputs("\\t", out);
        break;
    case '\r':
        fputs("\\r", out);
        break;
    default:
        if (byte < 0x20 || byte == 0x7f)
            fprintf(out, "\\u%04x", byte);
        else
            fputc(byte, out);
    }
}

void json_text(FILE *out, const char *text, size_t size)
{
    fputc('"', out);
    for (size_t i = 0, length; i < size; i += length) {
        length = sequence((const unsigned char *)text + i, size - i);
        if (length == 1)
            put_byte(out, (unsigned char)text[i]);
        else if (length > 1)
            fwrite(text + i, 1, length, out);
        else
            fputs("\\ufffd", out);
        length += length == 0;
    }
    fputc('"', out);
}

void json_string(FILE *out, const char *string)
{
    json_text(out, string, strlen(string));
}
