/*
 * Where md4c 0.4.8 (Debian 12) departs from CommonMark 0.30, each with the
 * smallest document that shows it. A difference counts as known only in
 * documents that hold what the reason speaks of.
 *
 * The first three would make heddle see other code than pandoc and GitHub do,
 * so heddle refuses those chapters, and its message is the mark. The others
 * touch HTML, indented code, blank lines, or lists that nobody writes.
 */

/* How two readings of one document compare. */
struct difference {
    struct span text;
    const struct diags *diags; /* what heddle said */
    bool fenced_alike;         /* the same fenced blocks */
    bool alike_but_blanks;     /* the same but for lines of blanks alone */
    bool alike_but_indent;     /* the same but for blanks before and behind lines */
};

struct known {
    bool (*applies)(const struct difference *);
    const char *why;
};

static bool says(const struct difference *difference, const char *words)
{
    for (size_t i = 0; i < difference->diags->count; i++)
        if (strstr(difference->diags->list[i].message, words) != NULL)
            return true;
    return false;
}

static bool has_any(struct span text, const char *bytes)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr(bytes, text.ptr[i]) != NULL)
            return true;
    return false;
}

/* "- ```" and then "```" without indentation: md4c takes it as the closing
 * fence, CommonMark ends the list and opens another block. */
static bool closed_outside(const struct difference *difference)
{
    return says(difference, "stands outside of the list or quote");
}

/* "text", then "    ```" or "    <div>": md4c lets it end the paragraph. */
static bool deep_start(const struct difference *difference)
{
    return says(difference, "goes on with the paragraph above");
}

/* Whatever md4c makes of it: a fence that its list or quote ends is an error. */
static bool unclosed_inside(const struct difference *difference)
{
    return says(difference, "is never closed") && has_any(difference->text, "-+*.)>");
}

/* "<!-- x -->", then "    <b>": md4c goes on with the HTML, and with it up to
 * the next blank line; CommonMark sees indented code. */
static bool deep_html_behind_html(const struct difference *difference)
{
    struct span rest = difference->text, line;
    bool html = false;

    while (span_line(&rest, &line)) {
        bool deep =
            span_starts(line, "    ") || span_starts(line, "\t") || span_starts(line, " \t");

        if (html && deep && span_starts(span_trim(line), "<"))
            return true;
        html = has_any(line, ">");
    }
    return false;
}

/* A line that is list marks only, quote marks and blanks aside. */
static bool is_empty_item(struct span line)
{
    struct span last = span_trim(line);

    while (last.len > 0 && strchr("-+*>.) \t0123456789", last.ptr[0]) != NULL)
        last = span_skip(last, 1);
    return last.len == 0 && has_any(line, "-+*.)");
}

/* "-", a blank line, "    text": CommonMark ends the item at the blank line,
 * md4c goes on with it; and md4c lets an empty item end a paragraph. */
static bool empty_item(const struct difference *difference)
{
    struct span rest = difference->text, line;

    while (span_line(&rest, &line)) {
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (is_empty_item(line))
            return true;
    }
    return false;
}

/* "```" TAB: md4c wants spaces only behind a closing fence. */
static bool closing_then_tab(const struct difference *difference)
{
    const struct span text = difference->text;

    for (size_t i = 3; i < text.len; i++) {
        size_t end = i;

        if (text.ptr[i] != '\t' || strchr("`~ ", text.ptr[i - 1]) == NULL)
            continue;
        while (end < text.len && (text.ptr[end] == '\t' || text.ptr[end] == ' '))
            end++;
        if (end == text.len || text.ptr[end] == '\n' || text.ptr[end] == '\r')
            return true;
    }
    return false;
}

/* "> <b>" or "<pre></pre>", then "    code": behind HTML, or behind a quote
 * whose last block may not be lazily continued, md4c misses indented code,
 * which nobody tangles. */
static bool indented_behind_html_or_quote(const struct difference *difference)
{
    return difference->fenced_alike && has_any(difference->text, "<>");
}

/* "- ~~~", then " " alone: how much of a line of blanks is the list's. */
static bool blanks_in_containers(const struct difference *difference)
{
    return difference->alike_but_blanks && has_any(difference->text, "-+*.)>");
}

/* <textarea> came to CommonMark with 0.30; md4c 0.4.8 ends it at a blank line. */
static bool textarea(const struct difference *difference)
{
    struct span rest = difference->text, line;

    while (span_line(&rest, &line))
        if (span_starts(span_trim(line), "<textarea"))
            return true;
    return false;
}

/* "- x", then TAB "```": libcmark 0.30.2 counts a fence's indentation in bytes,
 * not columns, and takes too little off the code behind it. */
static bool tab_before_fence(const struct difference *difference)
{
    struct span rest = difference->text, line;

    while (difference->alike_but_indent && span_line(&rest, &line)) {
        bool tab = false;

        for (; line.len > 0 && strchr(" \t>-+*.)0123456789", line.ptr[0]) != NULL;
             line = span_skip(line, 1))
            tab |= line.ptr[0] == '\t';
        if (tab && (span_starts(line, "```") || span_starts(line, "~~~")))
            return true;
    }
    return false;
}

static const struct known known[] = {
    {closed_outside, "a fence in a list or quote closed outside of it"},
    {deep_start, "a deeply indented fence or HTML behind a paragraph"},
    {unclosed_inside, "a fence that is never closed in its list or quote"},
    {deep_html_behind_html, "deeply indented HTML directly behind HTML"},
    {empty_item, "an empty list item"},
    {closing_then_tab, "a tab behind a closing fence"},
    {indented_behind_html_or_quote, "indented code behind HTML or a quote"},
    {textarea, "<textarea>"},
    {tab_before_fence, "libcmark: a tab before a fence in a list"},
    {blanks_in_containers, "lines of blanks alone in lists and quotes"},
};

enum { KNOWN_COUNT = sizeof known / sizeof *known };
