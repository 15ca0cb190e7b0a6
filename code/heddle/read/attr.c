#include "heddle/read/attr.h"

#include <string.h>
#include <strings.h>

#include "heddle/base/array.h"

/* What is left of an info string while it is read, and what came of it. */
struct reader {
    struct attrs *attrs;
    struct span rest;
    const char *fault; /* what is wrong, at rest.ptr */
    size_t cap;
    struct arena *arena;
};

static void add_attr(struct reader *reader, struct attr attr)
{
    struct attrs *attrs = reader->attrs;

    *ARRAY_PUSH_IN(reader->arena, attrs->list, attrs->count, reader->cap) = attr;
    if (attr.kind == ATTR_ID && attrs->id.len == 0)
        attrs->id = attr.value;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->rest.len > 0 && is_blank(reader->rest.ptr[0]))
        reader->rest = span_skip(reader->rest, 1);
}

/* Everything up to a blank, a closing brace, or `stop`. */
static struct span take_word(struct reader *reader, char stop)
{
    struct span rest = reader->rest;
    size_t len = 0;

    while (len < rest.len && !is_blank(rest.ptr[len]) && rest.ptr[len] != '}' &&
           rest.ptr[len] != stop)
        len++;
    reader->rest = span_skip(rest, len);
    return (struct span){rest.ptr, len};
}

/* A value in quotes; a backslash keeps the quote behind it from closing. */
static struct span take_quoted(struct reader *reader)
{
    struct span rest = reader->rest;
    size_t len = 1;

    while (len < rest.len && rest.ptr[len] != rest.ptr[0])
        len += rest.ptr[len] == '\\' && len + 1 < rest.len ? 2 : 1;
    if (len >= rest.len) {
        reader->fault = "this quote is never closed";
        return rest;
    }
    reader->rest = span_skip(rest, len + 1);
    return (struct span){rest.ptr + 1, len - 1};
}

/* What word processors make of quotes, U+2018 to U+201F; and of blanks, U+00A0. */
static bool is_typographic(struct span text)
{
    return text.len >= 3 && memcmp(text.ptr, "\xe2\x80", 2) == 0 &&
           (unsigned char)text.ptr[2] >= 0x98 && (unsigned char)text.ptr[2] <= 0x9f;
}

static bool has_hard_blank(struct span text)
{
    for (; text.len > 0; text = span_skip(text, 1))
        if (span_starts(text, "\xc2\xa0"))
            return true;
    return false;
}

/* Behind the key and the blanks that may follow it: = and the value. */
static void take_value(struct reader *reader, struct attr attr)
{
    attr.kind = ATTR_KEY;
    attr.key = attr.value;
    reader->rest = span_skip(reader->rest, 1);
    skip_blanks(reader);
    if (is_typographic(reader->rest)) {
        reader->fault = "this quote is typographic; a value stands in plain ones, \"...\"";
        return;
    }
    attr.quoted =
        reader->rest.len > 0 && (reader->rest.ptr[0] == '"' || reader->rest.ptr[0] == '\'');
    attr.value = attr.quoted ? take_quoted(reader) : take_word(reader, '}');
    attr.whole = span_between(attr.key.ptr, reader->rest.ptr);
    if (reader->fault == NULL)
        add_attr(reader, attr);
}

/* The first class, dot or not, is the language where none stands before {. */
static void add_class(struct reader *reader, struct attr attr)
{
    attr.kind = ATTR_CLASS;
    if (reader->attrs->language.len == 0)
        reader->attrs->language = attr.value;
    else
        add_attr(reader, attr);
}

static void take_attr(struct reader *reader)
{
    const char *begin = reader->rest.ptr;
    char mark = *begin;
    struct attr attr = {0};
    struct span behind;

    if (mark == '#' || mark == '.')
        reader->rest = span_skip(reader->rest, 1);
    attr.value = take_word(reader, mark == '#' ? '}' : '=');
    attr.whole = span_between(begin, reader->rest.ptr);
    behind = span_trim(reader->rest);
    if (attr.value.len == 0) {
        reader->rest = span_between(begin, reader->rest.ptr + reader->rest.len);
        reader->fault = mark == '#'   ? "a chunk's name is missing behind #"
                        : mark == '.' ? "a class is missing behind the dot"
                                      : "expected #name, .class or key=value";
    } else if (has_hard_blank(attr.value)) {
        reader->rest = attr.whole;
        reader->fault = "there is a blank here that is none (U+00A0); type a plain one";
    } else if (mark == '#') {
        attr.kind = ATTR_ID;
        add_attr(reader, attr);
    } else if (mark != '.' && behind.len > 0 && behind.ptr[0] == '=') {
        skip_blanks(reader);
        take_value(reader, attr);
    } else {
        add_class(reader, attr);
    }
}

/* From behind { to behind }. */
static void take_braces(struct reader *reader)
{
    for (;;) {
        skip_blanks(reader);
        if (reader->fault != NULL)
            return;
        if (reader->rest.len == 0) {
            reader->fault = "the attributes end without }";
            return;
        }
        if (reader->rest.ptr[0] == '}')
            break;
        take_attr(reader);
    }
    reader->rest = span_trim(span_skip(reader->rest, 1));
    if (reader->rest.len > 0)
        reader->fault = "nothing may follow the attributes";
}

/* The word before the braces; HackMD's "c=12" and "c=+" are c with numbers, "c!" is
 * c whose long lines are broken, and "c:main.c" is c with a title. */
static struct span language_before(struct span text)
{
    const char *end = text.ptr;

    while (end < text.ptr + text.len && !is_blank(*end) && strchr("=,!:", *end) == NULL)
        end++;
    return span_between(text.ptr, end);
}

static const char *const our_classes[] = {"program",   "compile-fail", "fragment",
                                          "no-tangle", "hole",         "answer"};
static const char *const our_keys[] = {"file",    "mode",    "link",  "cflags",   "of",    "status",
                                       "signal",  "stream",  "order", "args",     "stdin", "env",
                                       "timeout", "steps",   "bound", "spurious", "races", "model",
                                       "failing", "newline", "files", "run",      "kind",  "room",
                                       "field",   "scale"};

static bool is_class_of_ours(struct span word)
{
    return word.len > 1 && word.ptr[0] == '.' && SPAN_IS_ANY(span_skip(word, 1), our_classes);
}

bool attr_is_for_us(struct span text)
{
    while (text.len > 0) {
        size_t len = 0;
        struct span word;

        while (len < text.len && !is_blank(text.ptr[len]) && strchr("{},", text.ptr[len]) == NULL)
            len++;
        word = (struct span){text.ptr, len};
        if (span_starts(word, "#") || is_class_of_ours(word) || span_starts(word, "file=") ||
            span_starts(word, "of="))
            return true;
        text = span_skip(text, len + 1);
    }
    return false;
}

/* MyST's {code-cell} and others' {1,3-5} are not ours, and no mistake. */
static bool says_nothing(struct span braces)
{
    struct span rest = braces, inside;

    if (!span_find(&rest, "}", &inside))
        inside = braces;
    for (size_t i = 0; i < inside.len; i++)
        if (strchr("#=\".", inside.ptr[i]) != NULL)
            return false;
    return true;
}

/* An error where a name, a file or a test would be lost. */
static bool report_fault(struct attrs *attrs, const struct source *source, struct span braces,
                         const struct reader *reader, struct diags *diags)
{
    struct span where = reader->rest.len > 0 ? reader->rest : braces;
    bool harms = attr_is_for_us(braces);

    if (harms) {
        diag_error_at(diags, source, where, "%s", reader->fault);
        return false;
    }
    if (!says_nothing(braces))
        diag_add(diags, DIAG_WARNING, source_place(source, where.ptr), (unsigned)span_width(where),
                 "%s", reader->fault);
    attrs->id = (struct span){0};
    attrs->count = 0;
    return true;
}

bool attr_parse(struct attrs *attrs, struct arena *arena, const struct source *source,
                struct span info, struct diags *diags)
{
    const char *brace = info.len > 0 ? memchr(info.ptr, '{', info.len) : NULL;
    struct reader reader = {.attrs = attrs, .arena = arena};
    struct span braces;

    *attrs = (struct attrs){0};
    if (info.len == 0)
        return true;
    attrs->language = language_before(
        span_trim(span_between(info.ptr, brace != NULL ? brace : info.ptr + info.len)));
    if (brace == NULL)
        return true;
    braces = span_between(brace, info.ptr + info.len);
    if (span_starts(braces, "{=") && memchr(braces.ptr, ' ', braces.len) == NULL) {
        /* pandoc's raw block */
        attrs->language = braces;
        return true;
    }
    reader.rest = span_skip(braces, 1);
    take_braces(&reader);
    if (reader.fault != NULL)
        return report_fault(attrs, source, braces, &reader, diags);
    attrs->braces = true;
    return true;
}

void attr_parse_bare(struct attrs *attrs, struct arena *arena, struct span info)
{
    struct attrs bare = {0};
    struct reader reader = {.attrs = &bare, .arena = arena, .rest = info};

    for (skip_blanks(&reader); reader.rest.len > 0; skip_blanks(&reader)) {
        take_attr(&reader);
        if (reader.fault != NULL)
            return;
    }
    bare.braces = bare.id.len > 0 || attr_get(&bare, "file") != NULL;
    if (bare.braces)
        *attrs = bare;
}

/* Two edits of a short word make another word: half its length is too far. */
static const char *near_miss(struct span word, const char *const names[], size_t count)
{
    const char *near = NULL;
    unsigned nearest = 3;

    for (size_t i = 0; i < count; i++) {
        unsigned distance = span_distance(word, span_of(names[i]), 2);

        if (distance == 0)
            return NULL;
        if (distance < nearest && distance * 2 < strlen(names[i])) {
            near = names[i];
            nearest = distance;
        }
    }
    return near;
}

/* A second name or file would be lost without a word. */
static void check_twice(const struct attrs *attrs, size_t at, const struct source *source,
                        struct diags *diags)
{
    const struct attr *attr = &attrs->list[at];
    bool twice = false;

    if (attr->kind == ATTR_CLASS || (attr->kind == ATTR_KEY && !SPAN_IS_ANY(attr->key, our_keys)))
        return;
    for (size_t i = 0; i < at && !twice; i++)
        twice = attrs->list[i].kind == attr->kind && span_equal(attrs->list[i].key, attr->key);
    if (twice)
        diag_error_at(diags, source, attr->whole, "this block has a %.*s already",
                      attr->kind == ATTR_ID ? 4 : (int)attr->key.len,
                      attr->kind == ATTR_ID ? "name" : attr->key.ptr);
}

/* R Markdown separates attributes by commas; here one would be part of the name. */
static void check_comma(const struct attr *attr, const struct source *source, struct diags *diags)
{
    bool ours =
        attr->kind == ATTR_ID || (attr->kind == ATTR_KEY && SPAN_IS_ANY(attr->key, our_keys));

    if (ours && !attr->quoted && span_ends(attr->value, ","))
        diag_error_at(diags, source, attr->whole,
                      "no comma stands between attributes; take it away, or put the value into "
                      "quotes if it is part of it");
}

void attr_check_twice(const struct attrs *attrs, size_t from, const struct source *source,
                      struct diags *diags)
{
    for (size_t i = from; i < attrs->count; i++)
        check_twice(attrs, i, source, diags);
}

void attr_add(struct attrs *attrs, struct arena *arena, struct attr attr)
{
    struct attr *list = arena_array(arena, attrs->count + 1, sizeof *list);

    if (attrs->count > 0)
        memcpy(list, attrs->list, attrs->count * sizeof *list);
    list[attrs->count++] = attr;
    attrs->list = list;
}

void attr_check_names(const struct attrs *attrs, const struct source *source, struct diags *diags)
{
    for (size_t i = 0; i < attrs->count; i++) {
        const struct attr *attr = &attrs->list[i];
        const char *near = NULL;

        check_twice(attrs, i, source, diags);
        check_comma(attr, source, diags);
        if (attr->kind == ATTR_CLASS)
            near = near_miss(attr->value, our_classes, sizeof our_classes / sizeof *our_classes);
        else if (attr->kind == ATTR_KEY)
            near = near_miss(attr->key, our_keys, sizeof our_keys / sizeof *our_keys);
        if (near != NULL)
            diag_error_at(diags, source, attr->whole,
                          "unknown attribute \"%.*s\"; did you mean %s%s?",
                          SPAN_ARG(attr->kind == ATTR_CLASS ? attr->value : attr->key),
                          attr->kind == ATTR_CLASS ? "." : "", near);
    }
}

bool attr_has_class(const struct attrs *attrs, const char *name)
{
    for (size_t i = 0; i < attrs->count; i++)
        if (attrs->list[i].kind == ATTR_CLASS && span_is(attrs->list[i].value, name))
            return true;
    return false;
}

const struct attr *attr_get(const struct attrs *attrs, const char *key)
{
    for (size_t i = 0; i < attrs->count; i++)
        if (attrs->list[i].kind == ATTR_KEY && span_is(attrs->list[i].key, key))
            return &attrs->list[i];
    return NULL;
}

struct span attr_text(const struct attr *attr, struct arena *arena)
{
    char *text = arena_copy(arena, attr->value.ptr, attr->value.len);
    size_t len = 0;

    if (!attr->quoted)
        return (struct span){text, attr->value.len};
    for (size_t i = 0; i < attr->value.len; i++) {
        char c = attr->value.ptr[i], next = i + 1 < attr->value.len ? attr->value.ptr[i + 1] : 0;

        if (c == '\\' && next != 0 && strchr("\"'\\nt", next) != NULL) {
            c = next == 'n' ? '\n' : next == 't' ? '\t' : next;
            i++;
        }
        text[len++] = c;
    }
    text[len] = '\0';
    return (struct span){text, len};
}

bool attr_is_c_language(struct span language)
{
    static const char *const names[] = {"c", "h", "cpp", "c++", "cc", "cxx", "hpp", "hh"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (language.len == strlen(names[i]) &&
            strncasecmp(language.ptr, names[i], language.len) == 0)
            return true;
    return false;
}
