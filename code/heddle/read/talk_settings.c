#include "heddle/read/talk_settings.h"

#include <ctype.h>
#include <string.h>

static struct span skip_space(struct span text)
{
    while (text.len > 0 && isspace((unsigned char)text.ptr[0]))
        text = span_skip(text, 1);
    return text;
}

static void take(struct talk_settings *settings, const char *file, struct span *pattern,
                 struct span value)
{
    if (pattern->len > 0 || value.len == 0)
        return;
    *pattern = value;
    settings->file = file;
}

/* JSON ------------------------------------------------------------------------ */

/* Up to the quote that ends it. A line's end is written as a pattern has it: the two signs
 * of \n stay, and of \\n one sign \ goes. */
static struct span json_string(struct span text, struct arena *arena)
{
    struct buf out = {0};
    struct span string = {0};

    for (; text.len > 0 && text.ptr[0] != '"'; text = span_skip(text, 1)) {
        bool escaped = text.ptr[0] == '\\' && text.len > 1;

        if (escaped && strchr("\"\\/", text.ptr[1]) != NULL)
            text = span_skip(text, 1);
        else if (escaped) {
            buf_addc(&out, '\\');
            text = span_skip(text, 1);
        }
        buf_addc(&out, text.ptr[0]);
    }
    if (text.len > 0)
        string = buf_take(&out, arena);
    buf_free(&out);
    return string;
}

static struct span json_value(struct span text, const char *key, struct arena *arena)
{
    struct span before;

    while (span_find(&text, key, &before)) {
        struct span rest = skip_space(span_skip(text, strlen(key)));

        if (span_starts(rest, ":"))
            rest = skip_space(span_skip(rest, 1));
        if (span_starts(rest, "\""))
            return json_string(span_skip(rest, 1), arena);
        text = span_skip(text, strlen(key));
    }
    return (struct span){0};
}

void talk_settings_read_json(struct talk_settings *settings, const char *file, struct span text,
                             struct arena *arena)
{
    take(settings, file, &settings->separator, json_value(text, "\"separator\"", arena));
    take(settings, file, &settings->vertical, json_value(text, "\"verticalSeparator\"", arena));
    take(settings, file, &settings->notes, json_value(text, "\"notesSeparator\"", arena));
}

/* HTML ------------------------------------------------------------------------ */

/* The value of name="..." or name='...' in a tag. */
static struct span attribute(struct span tag, const char *name)
{
    struct span before, value;

    while (span_find(&tag, name, &before)) {
        bool whole = before.len > 0 && isspace((unsigned char)tag.ptr[-1]);
        char quote[2] = {'\0', '\0'};

        tag = skip_space(span_skip(tag, strlen(name)));
        if (!whole || !span_starts(tag, "="))
            continue;
        tag = skip_space(span_skip(tag, 1));
        quote[0] = tag.len > 0 ? tag.ptr[0] : '\0';
        tag = span_skip(tag, 1);
        if (strchr("\"'", quote[0]) != NULL && quote[0] != '\0' && span_find(&tag, quote, &value))
            return value;
    }
    return (struct span){0};
}

/* <!--s--> is mostly written so in an attribute. */
static struct span without_entities(struct span value, struct arena *arena)
{
    static const struct {
        const char *entity, *text;
    } known[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
    struct buf out = {0};
    struct span plain;

    while (value.len > 0) {
        size_t i = 0, count = sizeof known / sizeof *known;

        while (i < count && !span_starts(value, known[i].entity))
            i++;
        if (i < count)
            buf_adds(&out, known[i].text);
        else
            buf_addc(&out, value.ptr[0]);
        value = span_skip(value, i < count ? strlen(known[i].entity) : 1);
    }
    plain = buf_take(&out, arena);
    buf_free(&out);
    return plain;
}

static struct span file_name(struct span path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return span_skip(path, i);
    return path;
}

/* A tag ends where no quote is open. */
static struct span whole_tag(struct span text)
{
    char quote = '\0';

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return (struct span){text.ptr, i};
    }
    return text;
}

static void read_section(struct talk_settings *settings, const char *file, struct span tag,
                         struct arena *arena)
{
    settings->names_it = true;
    take(settings, file, &settings->separator,
         without_entities(attribute(tag, "data-separator"), arena));
    take(settings, file, &settings->vertical,
         without_entities(attribute(tag, "data-separator-vertical"), arena));
    take(settings, file, &settings->notes,
         without_entities(attribute(tag, "data-separator-notes"), arena));
}

void talk_settings_read_page(struct talk_settings *settings, const char *file, struct span text,
                             struct span name, struct arena *arena)
{
    struct span before;

    while (span_find(&text, "<section", &before)) {
        struct span tag = whole_tag(text), shown = file_name(attribute(tag, "data-markdown"));

        if (shown.len > 0 && span_equal(shown, file_name(name)))
            read_section(settings, file, tag, arena);
        text = span_skip(text, strlen("<section"));
    }
}
