#include "heddle/slides/talk_scope.h"

#include <string.h>

struct span talk_scope_behind_literal(struct span css)
{
    char quote = css.ptr[0];
    struct span rest = span_skip(css, 2);

    if (span_starts(css, "/*"))
        return span_find(&rest, "*/", &(struct span){0}) ? span_skip(rest, 2)
                                                         : span_skip(css, css.len);
    if (quote != '"' && quote != '\'')
        return css;
    for (css = span_skip(css, 1); css.len > 0 && css.ptr[0] != quote && css.ptr[0] != '\n';)
        css = span_skip(css, css.ptr[0] == '\\' ? 2 : 1);
    return span_skip(css, 1);
}

static bool is_one_of(char c, const char *chars)
{
    return memchr(chars, c, strlen(chars)) != NULL;
}

/* As far as one of `ends` that stands in no brackets and is no text; the first character
 * belongs to it in any case. */
static struct span take_until(struct span *rest, const char *ends)
{
    const char *begin = rest->ptr;
    unsigned depth = 0;

    while (rest->len > 0) {
        struct span behind = talk_scope_behind_literal(*rest);
        char c = rest->ptr[0];

        if (depth == 0 && rest->ptr > begin && is_one_of(c, ends))
            break;
        depth += is_one_of(c, "([");
        depth -= is_one_of(c, ")]") && depth > 0;
        *rest = behind.len < rest->len ? behind : span_skip(*rest, c == '\\' ? 2 : 1);
    }
    return span_between(begin, rest->ptr);
}

static struct span skip_blanks(struct span css)
{
    while (css.len > 0 && (is_one_of(css.ptr[0], " \t\r\n\f") || span_starts(css, "/*")))
        css = css.ptr[0] == '/' ? talk_scope_behind_literal(css) : span_skip(css, 1);
    return css;
}

/* Selectors ----------------------------------------------------------------- */

#define COMBINATORS " \t\r\n\f>+~"

/* What stands above the slides in the pages of other tools, and their names of a slide. */
static bool is_page(struct span simple)
{
    static const char *const names[] = {"html",
                                        "body",
                                        ":root",
                                        ".reveal",
                                        ".reveal-viewport",
                                        ".slides",
                                        "section",
                                        ".remark-slide-content",
                                        ".slidev-layout"};

    return SPAN_IS_ANY(simple, names);
}

/* As `:scope`, and what else it asks of it; false: it is something on a slide. Which child
 * a slide is differs from page to page. */
static bool add_page(struct span compound, struct buf *out)
{
    struct span rest = compound;
    struct buf more = {0};
    bool found = false;

    while (rest.len > 0) {
        struct span simple = take_until(&rest, ".#:[");

        if (is_page(simple))
            found = true;
        else if (!span_is(simple, "div"))
            buf_add(&more, simple);
    }
    found = found && !span_has(compound, "-child") && !span_has(compound, "-of-type");
    if (found) {
        buf_adds(out, ":scope");
        buf_add(out, buf_span(&more));
    }
    buf_free(&more);
    return found;
}

/* What of the selector is above the slide or is it; `rest` is left behind it. */
static void take_page(struct span *rest, struct buf *page)
{
    struct span next = *rest;

    while (next.len > 0 && add_page(take_until(&next, COMBINATORS), page)) {
        *rest = next;
        next = skip_blanks(next);
        if (next.len > 0 && next.ptr[0] == '>')
            next = skip_blanks(span_skip(next, 1));
    }
}

/* A class may be the slide's own. */
static bool may_be_slide(struct span selector)
{
    return selector.len > 0 && is_one_of(selector.ptr[0], ".#[");
}

static void add_selector(struct span selector, struct buf *out)
{
    struct span rest = skip_blanks(selector), next;
    struct buf page = {0};

    buf_add(out, span_between(selector.ptr, rest.ptr));
    if (span_has(rest, ":scope") || span_has(rest, "&")) {
        buf_add(out, rest);
        return;
    }
    take_page(&rest, &page);
    next = skip_blanks(rest);
    if (page.len == 0 && may_be_slide(next))
        buf_adds(out, ":where(:scope, :scope *)");
    else if (may_be_slide(next))
        buf_addf(out, ":is(%.*s, %.*s *)", SPAN_ARG(buf_span(&page)), SPAN_ARG(buf_span(&page)));
    else
        buf_add(out, buf_span(&page));
    buf_add(out, may_be_slide(next) ? next : rest);
    buf_free(&page);
}

static void add_selectors(struct span list, struct buf *out)
{
    while (list.len > 0) {
        if (list.ptr[0] == ',') {
            buf_addc(out, ',');
            list = span_skip(list, 1);
        } else {
            add_selector(take_until(&list, ","), out);
        }
    }
}

/* Rules --------------------------------------------------------------------- */

/* Selectors of a rule in a rule are of what that selects; `from` and `50%` of @keyframes
 * begin with nothing that is changed. */
void talk_scope_add(struct span css, struct buf *out)
{
    const char *begin = css.ptr;
    unsigned depth = 0, rule = 0; /* how deep the outermost open rule is */

    while (css.len > 0) {
        struct span behind = talk_scope_behind_literal(css), before = span_between(begin, css.ptr);
        char c = css.ptr[0];

        if (behind.len < css.len || !is_one_of(c, "{};")) {
            css = behind.len < css.len ? behind : span_skip(css, 1);
            continue;
        }
        if (c == '{' && rule == 0 && !span_starts(skip_blanks(before), "@")) {
            rule = depth + 1;
            add_selectors(before, out);
        } else {
            buf_add(out, before);
        }
        rule = c == '}' && depth == rule ? 0 : rule;
        depth += c == '{';
        depth -= c == '}';
        buf_addc(out, c);
        css = span_skip(css, 1);
        begin = css.ptr;
    }
    buf_add(out, span_between(begin, css.ptr));
}
