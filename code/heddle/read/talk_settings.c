#include "heddle/read/talk_settings.h"

#include "heddle/base/html.h"
#include "heddle/base/json.h"
#include "heddle/base/path.h"

static void take(struct talk_settings *settings, const char *file, struct span *pattern,
                 struct span value)
{
    if (pattern->len > 0 || value.len == 0)
        return;
    *pattern = value;
    settings->file = file;
}

static void take_theme(struct talk_settings *settings, const char *file, struct span theme)
{
    if (settings->theme.len > 0 || theme.len == 0)
        return;
    settings->theme = theme;
    settings->theme_file = file;
}

/* JSON ------------------------------------------------------------------------ */

/* A line's end as a pattern has it: with the two signs of \n. */
static struct span json_pattern(const struct json *value, struct arena *arena)
{
    struct span text = json_text(value), pattern;
    struct buf out = {0};

    for (; text.len > 0; text = span_skip(text, 1))
        if (text.ptr[0] == '\n')
            buf_adds(&out, "\\n");
        else if (text.ptr[0] == '\r')
            buf_adds(&out, "\\r");
        else
            buf_addc(&out, text.ptr[0]);
    pattern = buf_take(&out, arena);
    buf_free(&out);
    return pattern;
}

void talk_settings_read_json(struct talk_settings *settings, const char *file, struct span text,
                             struct arena *arena)
{
    const struct json *all = json_read(arena, &text);

    settings->reveal_md = true;
    if (all == NULL)
        return;
    take_theme(settings, file, json_text(json_get(all, "theme")));
    take(settings, file, &settings->separator, json_pattern(json_get(all, "separator"), arena));
    take(settings, file, &settings->vertical,
         json_pattern(json_get(all, "verticalSeparator"), arena));
    take(settings, file, &settings->notes, json_pattern(json_get(all, "notesSeparator"), arena));
}

/* HTML ------------------------------------------------------------------------ */

static struct span value_of(const struct html_node *node, const char *name)
{
    const struct html_attr *attr = html_attr(node, name);

    return attr != NULL ? attr->value : (struct span){0};
}

static void read_section(struct talk_settings *settings, const char *file,
                         const struct html_node *section)
{
    settings->names_it = true;
    take(settings, file, &settings->separator, value_of(section, "data-separator"));
    take(settings, file, &settings->vertical, value_of(section, "data-separator-vertical"));
    take(settings, file, &settings->notes, value_of(section, "data-separator-notes"));
}

/* Of <link href="dist/theme/black.css" id="theme">. */
static struct span theme_of(const struct html_node *node)
{
    struct span theme = path_name(value_of(node, "href"));

    if (!html_is(node, "link") || !span_is(value_of(node, "id"), "theme"))
        return (struct span){0};
    if (span_ends(theme, ".css"))
        theme.len -= 4;
    return theme;
}

/* What a page says before it shows the talk is of the talk. */
static void read_below(struct talk_settings *settings, const char *file,
                       const struct html_node *node, struct span name, struct span *theme)
{
    struct span shown = path_name(value_of(node, "data-markdown"));

    if (theme_of(node).len > 0)
        *theme = theme_of(node);
    if (html_is(node, "section") && shown.len > 0 && span_equal(shown, name)) {
        read_section(settings, file, node);
        take_theme(settings, file, *theme);
    }
    for (const struct html_node *child = node->first; child != NULL; child = child->next)
        read_below(settings, file, child, name, theme);
}

void talk_settings_read_page(struct talk_settings *settings, const char *file, struct span text,
                             struct span name, struct arena *arena)
{
    struct span theme = {0};

    read_below(settings, file, html_read(arena, text), path_name(name), &theme);
}
