#include "heddle/base/json.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    struct span rest;
    unsigned depth;
    bool good;
};

static void skip_blanks(struct reader *reader)
{
    while (reader->rest.len > 0 && strchr(" \t\r\n", reader->rest.ptr[0]) != NULL &&
           reader->rest.ptr[0] != '\0')
        reader->rest = span_skip(reader->rest, 1);
}

static bool take(struct reader *reader, const char *word)
{
    if (!span_starts(reader->rest, word))
        return false;
    reader->rest = span_skip(reader->rest, strlen(word));
    return true;
}

/* Strings ------------------------------------------------------------------- */

static void add_utf8(struct buf *text, unsigned long code)
{
    if (code < 0x80) {
        buf_addc(text, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_addc(text, (char)(0xc0 | code >> 6));
    } else {
        if (code < 0x10000) {
            buf_addc(text, (char)(0xe0 | code >> 12));
        } else {
            buf_addc(text, (char)(0xf0 | code >> 18));
            buf_addc(text, (char)(0x80 | (code >> 12 & 0x3f)));
        }
        buf_addc(text, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buf_addc(text, (char)(0x80 | (code & 0x3f)));
}

static unsigned long take_hex(struct reader *reader)
{
    unsigned long code = 0;

    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF", *digit = NULL;

        if (reader->rest.len > 0 && reader->rest.ptr[0] != '\0')
            digit = strchr(digits, reader->rest.ptr[0]);
        if (digit == NULL) {
            reader->good = false;
            return 0;
        }
        code = code * 16 + (unsigned long)(digit - digits) % 16;
        reader->rest = span_skip(reader->rest, 1);
    }
    return code;
}

/* Behind \u. A surrogate without its other half is U+FFFD. */
static void take_code(struct reader *reader, struct buf *text)
{
    unsigned long code = take_hex(reader), low;

    if (code >= 0xd800 && code < 0xdc00 && take(reader, "\\u")) {
        low = take_hex(reader);
        code = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
                                             : 0xfffd;
    }
    add_utf8(text, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
}

static void take_escape(struct reader *reader, struct buf *text)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *name = reader->rest.len > 0 && reader->rest.ptr[0] != '\0'
                           ? strchr(names, reader->rest.ptr[0])
                           : NULL;

    if (take(reader, "u")) {
        take_code(reader, text);
    } else if (name != NULL) {
        buf_addc(text, meant[name - names]);
        reader->rest = span_skip(reader->rest, 1);
    } else {
        reader->good = false;
    }
}

/* Behind the opening quote. */
static struct span take_string(struct reader *reader)
{
    struct buf text = {0};

    while (reader->good && !take(reader, "\"")) {
        if (reader->rest.len == 0 || (unsigned char)reader->rest.ptr[0] < 0x20) {
            reader->good = false;
        } else if (take(reader, "\\")) {
            take_escape(reader, &text);
        } else {
            buf_addc(&text, reader->rest.ptr[0]);
            reader->rest = span_skip(reader->rest, 1);
        }
    }
    return buf_take(&text, reader->arena);
}

/* Values -------------------------------------------------------------------- */

static void take_number(struct reader *reader, struct json *value)
{
    char digits[64];
    size_t len = 0;
    char *end;

    while (len < reader->rest.len && len < sizeof digits - 1 && reader->rest.ptr[len] != '\0' &&
           strchr("+-.0123456789eE", reader->rest.ptr[len]) != NULL) {
        digits[len] = reader->rest.ptr[len];
        len++;
    }
    digits[len] = '\0';
    value->kind = JSON_NUMBER;
    value->number = strtod(digits, &end);
    reader->good = len > 0 && *end == '\0';
    reader->rest = span_skip(reader->rest, len);
}

static struct json *take_value(struct reader *reader);

static void take_key(struct reader *reader, struct span *key)
{
    skip_blanks(reader);
    if (!take(reader, "\"")) {
        reader->good = false;
        return;
    }
    *key = take_string(reader);
    skip_blanks(reader);
    reader->good = reader->good && take(reader, ":");
}

static void take_items(struct reader *reader, struct json *whole, const char *end)
{
    const struct json **link = &whole->first;
    struct json *item;

    skip_blanks(reader);
    if (take(reader, end))
        return;
    do {
        struct span key = {0};

        if (whole->kind == JSON_OBJECT)
            take_key(reader, &key);
        item = reader->good ? take_value(reader) : NULL;
        if (item == NULL)
            return;
        item->key = key;
        *link = item;
        link = &item->next;
        whole->count++;
        skip_blanks(reader);
    } while (take(reader, ","));
    reader->good = take(reader, end);
}

static void take_whole(struct reader *reader, struct json *value, enum json_kind kind)
{
    value->kind = kind;
    if (++reader->depth > JSON_DEEPEST)
        reader->good = false;
    else
        take_items(reader, value, kind == JSON_ARRAY ? "]" : "}");
    reader->depth--;
}

/* NULL, and not good any more, when it is malformed. */
static struct json *take_value(struct reader *reader)
{
    struct json *value = arena_alloc(reader->arena, sizeof *value);

    skip_blanks(reader);
    if (take(reader, "{")) {
        take_whole(reader, value, JSON_OBJECT);
    } else if (take(reader, "[")) {
        take_whole(reader, value, JSON_ARRAY);
    } else if (take(reader, "\"")) {
        value->kind = JSON_STRING;
        value->text = take_string(reader);
    } else if (take(reader, "true")) {
        value->kind = JSON_TRUE;
    } else if (take(reader, "false")) {
        value->kind = JSON_FALSE;
    } else if (!take(reader, "null")) {
        take_number(reader, value);
    }
    return reader->good ? value : NULL;
}

const struct json *json_read(struct arena *arena, struct span *text)
{
    struct reader reader = {.arena = arena, .rest = *text, .good = true};
    const struct json *value = take_value(&reader);

    *text = reader.rest;
    return value;
}

/* Looking into them --------------------------------------------------------- */

const struct json *json_get(const struct json *object, const char *key)
{
    static const struct json null;

    if (object->kind == JSON_OBJECT)
        for (const struct json *member = object->first; member != NULL; member = member->next)
            if (span_is(member->key, key))
                return member;
    return &null;
}

bool json_is_true(const struct json *value)
{
    return value->kind == JSON_TRUE;
}

struct span json_text(const struct json *value)
{
    return value->kind == JSON_STRING ? value->text : span_of("");
}

long json_integer(const struct json *value)
{
    return value->kind == JSON_NUMBER ? (long)value->number : 0;
}
