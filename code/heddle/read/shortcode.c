#include "heddle/read/shortcode.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 2000 }; /* bytes; farther nobody looks for an end */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) != 0 || strchr("-_/.", c) != NULL;
}

bool shortcode_begins(struct span text)
{
    return span_starts(text, "{{<") || span_starts(text, "{{%");
}

bool shortcode_read(struct span text, struct shortcode *code)
{
    struct span rest = span_skip(text, strlen("{{<")), inner;
    size_t len = 0;

    if (!shortcode_begins(text))
        return false;
    if (rest.len > LONGEST)
        rest.len = LONGEST;
    if (!span_find(&rest, text.ptr[2] == '<' ? ">}}" : "%}}", &inner))
        return false;
    *code = (struct shortcode){.len = inner.len + strlen("{{<>}}"),
                               .escaped = span_starts(inner, "/*")};
    inner = span_trim(inner);
    code->closes = span_starts(inner, "/");
    inner = span_trim(span_skip(inner, code->closes));
    while (len < inner.len && is_word(inner.ptr[len]))
        len++;
    code->name = (struct span){inner.ptr, len};
    code->words = span_trim(span_skip(inner, len));
    if (span_ends(code->words, "/")) /* {{< name />}} */
        code->words.len--;
    return len > 0 || code->escaped;
}

bool shortcode_find(struct span *text, struct span name, bool closes, struct shortcode *code)
{
    struct span before;

    for (; span_find(text, "{{", &before); *text = span_skip(*text, 2))
        if (shortcode_read(*text, code) && span_equal(code->name, name) && code->closes == closes)
            return true;
    return false;
}

bool shortcode_first(struct span line, const char *name, struct shortcode *code)
{
    return shortcode_read(span_trim(line), code) && !code->escaped && span_is(code->name, name);
}

bool shortcode_ends(struct span line, const char *name, struct span *before)
{
    struct span text = span_trim(line);
    struct shortcode code;

    if (!span_ends(text, "}}"))
        return false;
    for (size_t at = text.len - 2; at-- > 0;)
        if (span_starts(span_skip(text, at), "{{")) {
            *before = (struct span){text.ptr, at};
            return shortcode_read(span_skip(text, at), &code) && code.closes &&
                   span_is(code.name, name) && at + code.len == text.len;
        }
    return false;
}

bool shortcode_alone(struct span line)
{
    struct shortcode code;
    bool any = false;

    for (line = span_trim(line); shortcode_read(line, &code) && !code.escaped; any = true)
        line = span_trim(span_skip(line, code.len));
    return any && line.len == 0;
}

/* A value in quotes of either kind, or up to a blank. */
static struct span take_value(struct span *words)
{
    char quote[] = {words->len > 0 ? words->ptr[0] : '\0', '\0'};
    struct span value;
    size_t len = 0;

    if (quote[0] != '\0' && strchr("\"'`", quote[0]) != NULL) {
        *words = span_skip(*words, 1);
        if (!span_find(words, quote, &value)) {
            value = *words;
            *words = span_skip(*words, words->len);
        }
        *words = span_skip(*words, 1);
        return value;
    }
    while (len < words->len && !is_blank(words->ptr[len]))
        len++;
    value = (struct span){words->ptr, len};
    *words = span_skip(*words, len);
    return value;
}

bool shortcode_next(struct span *words, struct span *name, struct span *value)
{
    size_t len = 0;

    *words = span_trim(*words);
    if (words->len == 0)
        return false;
    while (len < words->len && is_word(words->ptr[len]))
        len++;
    *name = (struct span){words->ptr, 0};
    if (len > 0 && len < words->len && words->ptr[len] == '=') {
        name->len = len;
        *words = span_skip(*words, len + 1);
    }
    *value = take_value(words);
    return true;
}
