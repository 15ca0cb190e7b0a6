#include "heddle/read/hackmd_notes.h"

#include <string.h>
#include <strings.h>

#include "heddle/base/array.h"
#include "heddle/base/html.h"
#include "heddle/read/container.h"
#include "heddle/read/shortcode.h"
#include "heddle/read/talk_separator.h"

enum { RULE_LEAST = 3 }; /* CommonMark 0.30, section 4.1 */

/* Scanning ------------------------------------------------------------------ */

struct scanner {
    struct hackmd_notes *notes;
    const struct source *source;
    const struct hackmd_talk *talk;
    struct arena *arena;
    struct diags *diags;
    unsigned first;
    size_t cap, break_cap;
    char *masked;
    struct container_code code;
    bool in_comment;
    bool in_aside, in_note; /* at most one of them */
    bool in_shortcode;      /* the aside is Hugo's, and ends as such */
};

static bool pass_comment(struct scanner *scanner, struct span text)
{
    bool inside = scanner->in_comment || span_starts(text, "<!--");

    scanner->in_comment = inside && !span_has(text, "-->");
    return inside;
}

static void add_edge(struct scanner *scanner, struct hackmd_edge edge)
{
    struct hackmd_notes *notes = scanner->notes;

    *ARRAY_PUSH_IN(scanner->arena, notes->edges, notes->count, scanner->cap) = edge;
}

/* Blanks, where the tag has its line for itself; else letters, lest the text
 * beside it turn into indented code. */
static void mask(struct scanner *scanner, struct span what, struct span beside)
{
    const char *begin = scanner->source->line_starts[scanner->first - 1];
    const char *end = scanner->source->text.ptr + scanner->source->text.len;

    if (scanner->masked == NULL)
        scanner->masked = arena_copy(scanner->arena, begin, (size_t)(end - begin));
    memset(scanner->masked + (what.ptr - begin), span_trim(beside).len > 0 ? 'x' : ' ', what.len);
}

static void open_notes(struct scanner *scanner, unsigned line, struct span tag, struct span beside)
{
    mask(scanner, tag, beside);
    if (tag.ptr[0] != '<')
        tag.len = 0;
    add_edge(scanner, (struct hackmd_edge){line, true, span_trim(beside), tag, {0}});
}

/* </aside> or {{% /note %}} at the end of the text; what is before it is of the notes. */
static bool ends_aside(const struct scanner *scanner, struct span text, struct span *before)
{
    static const char tag[] = "</aside>";

    if (scanner->in_shortcode)
        return shortcode_ends(text, "note", before);
    *before = (struct span){text.ptr, text.len};
    if (!span_ends(text, tag))
        return false;
    before->len -= strlen(tag);
    return true;
}

static void look_for_end(struct scanner *scanner, unsigned line, struct span text)
{
    struct span before;

    if (!ends_aside(scanner, text, &before))
        return;
    mask(scanner, span_skip(text, before.len), before);
    scanner->in_aside = scanner->in_shortcode = false;
    if (scanner->notes->edges[scanner->notes->count - 1].line == line) {
        scanner->notes->edges[scanner->notes->count - 1].beside = span_trim(before);
        before.len = 0;
    }
    add_edge(scanner, (struct hackmd_edge){line, false, before, {0}, {0}});
}

static bool starts_like(struct span text, struct span mark)
{
    return mark.len > 0 && text.len >= mark.len && strncasecmp(text.ptr, mark.ptr, mark.len) == 0;
}

size_t hackmd_note_mark(struct span text, struct span own)
{
    if (talk_separator_length(text, own) > 0)
        return talk_separator_length(text, own);
    if (span_is(span_trim(text), "???"))
        return 3;
    if (starts_like(text, span_of("note:")))
        return 5;
    return starts_like(text, span_of("notes:")) ? 6 : 0;
}

/* Hugo's {{% note %}}. What is before it on its line joins the notes, lest they be seen,
 * unless they end on that line: hugo_markdown.h leaves them out there. */
static bool look_for_shortcode(struct scanner *scanner, unsigned line, struct span text)
{
    const struct span note = span_of("note");
    struct shortcode code, end;
    struct span at = text, rest;
    bool first;

    if (!scanner->talk->hugo || !shortcode_find(&at, note, false, &code))
        return false;
    first = at.ptr == text.ptr;
    rest = span_skip(at, code.len);
    if (!first && (memchr(text.ptr, '`', (size_t)(at.ptr - text.ptr)) != NULL ||
                   shortcode_find(&(struct span){rest.ptr, rest.len}, note, true, &end)))
        return false;
    open_notes(scanner, line, (struct span){at.ptr, code.len}, first ? rest : text);
    scanner->in_aside = scanner->in_shortcode = true;
    if (first)
        look_for_end(scanner, line, rest);
    return true;
}

/* <aside class="notes"> at the start of the text, or NULL. */
static const struct html_node *opening_tag(const struct scanner *scanner, struct span text)
{
    const struct html_node *aside =
        span_starts(text, "<aside") ? html_read_first(scanner->arena, text) : NULL;

    return aside != NULL && html_is(aside, "aside") && html_has_class(aside, "notes") ? aside
                                                                                      : NULL;
}

static void open_aside(struct scanner *scanner, unsigned line, struct span text,
                       const struct html_node *aside)
{
    const struct html_attr *language = html_attr(aside, "lang");
    struct span rest = span_skip(text, aside->markup.len);

    open_notes(scanner, line, aside->markup, rest);
    if (language != NULL)
        scanner->notes->edges[scanner->notes->count - 1].language = language->written;
    scanner->in_aside = true;
    look_for_end(scanner, line, rest);
}

static void look_for_begin(struct scanner *scanner, unsigned line, struct span text)
{
    const struct html_node *aside = opening_tag(scanner, text);

    if (look_for_shortcode(scanner, line, text))
        return;
    if (aside != NULL) {
        open_aside(scanner, line, text, aside);
    } else if (scanner->talk->is && hackmd_note_mark(text, scanner->talk->note) > 0) {
        size_t mark = hackmd_note_mark(text, scanner->talk->note);

        open_notes(scanner, line, (struct span){text.ptr, mark}, span_skip(text, mark));
        scanner->in_note = true;
    }
}

static void say_unclosed(const struct scanner *scanner, const struct hackmd_edge *opening)
{
    struct span tag = opening->tag;

    if (scanner->in_shortcode)
        tag = span_trim(source_line(scanner->source, opening->line));
    diag_add(scanner->diags, DIAG_WARNING, source_place(scanner->source, tag.ptr),
             (unsigned)span_width(tag), "these notes are never closed; end them with a line %s",
             scanner->in_shortcode ? "{{% /note %}}" : "</aside>");
}

/* The slide ends before `line`, and its notes with it. The line before is empty,
 * or it is the chapter's last. */
static void end_notes(struct scanner *scanner, unsigned line)
{
    struct span text = source_line(scanner->source, line - 1);
    const struct hackmd_edge *last;

    if (!scanner->in_aside && !scanner->in_note)
        return;
    last = &scanner->notes->edges[scanner->notes->count - 1];
    if (scanner->in_aside)
        say_unclosed(scanner, last);
    if (last->line == line - 1)
        text.len = 0;
    add_edge(scanner, (struct hackmd_edge){line - 1, false, text, {0}, {0}});
    scanner->in_aside = scanner->in_note = scanner->in_shortcode = false;
}

/* HTML that only an empty line would end (CommonMark 0.30, section 4.6, kinds 6 and
 * 7) is a paragraph in the masked text, for a rule to end it. */
static void mask_html_above(struct scanner *scanner, unsigned line)
{
    static const char *const others[] = {"<!",        "<?",    "<pre",     "<script", "<style",
                                         "<textarea", "</pre", "</script", "</style", "</textarea"};

    while (--line >= scanner->first) {
        struct span text = span_trim(source_line(scanner->source, line));
        bool other = text.len == 0 || text.ptr[0] != '<';

        if (text.len == 0 || text.ptr[0] == '`' || text.ptr[0] == '~')
            return;
        for (size_t i = 0; !other && i < sizeof others / sizeof *others; i++)
            other = text.len >= strlen(others[i]) &&
                    strncasecmp(text.ptr, others[i], strlen(others[i])) == 0;
        if (!other)
            mask(scanner, (struct span){text.ptr, 1}, text);
    }
}

/* A rule that ends a paragraph, where --- would make a heading of it. What is too
 * short for a rule becomes an empty line, and is remembered. */
static void mask_separator(struct scanner *scanner, unsigned line, unsigned dashes)
{
    struct span text = span_trim(source_line(scanner->source, line));
    char *at;

    if (text.len < RULE_LEAST) {
        mask(scanner, text, span_of(""));
        *ARRAY_PUSH_IN(scanner->arena, scanner->notes->breaks, scanner->notes->break_count,
                       scanner->break_cap) = line;
        return;
    }
    if (span_trim(source_line(scanner->source, line - 1)).len == 0 &&
        span_trim(source_line(scanner->source, line + 1)).len == 0 &&
        container_run(text, '-') == text.len)
        return;
    mask_html_above(scanner, line);
    mask(scanner, text, span_of(""));
    at = scanner->masked + (text.ptr - scanner->source->line_starts[scanner->first - 1]);
    memset(at, '*', text.len < dashes ? text.len : dashes);
}

/* In Marp's talks a rule is one by itself; below a paragraph it may be an underline, and
 * the notes then hold the heading that it makes. */
static void end_slide(struct scanner *scanner, unsigned line, unsigned dashes)
{
    bool marp = scanner->talk->marp;

    if (!marp || span_trim(source_line(scanner->source, line - 1)).len == 0)
        end_notes(scanner, line);
    if (!marp)
        mask_separator(scanner, line, dashes);
}

static void scan_line(struct scanner *scanner, unsigned line)
{
    struct span raw = source_line(scanner->source, line), text = span_trim(raw);
    unsigned dashes;

    if (container_pass_code(&scanner->code, raw))
        return;
    dashes = scanner->talk->is ? hackmd_separator(scanner->talk, scanner->source, line) : 0;
    if (!scanner->in_comment && container_heading(raw) > 0 &&
        (scanner->talk->divider >> container_heading(raw) & 1) != 0)
        end_notes(scanner, line);
    if (dashes > 0 && !scanner->in_comment) {
        end_slide(scanner, line, dashes);
    } else if (pass_comment(scanner, text)) {
        return;
    } else if (scanner->in_aside) {
        look_for_end(scanner, line, text);
    } else if (!scanner->in_note &&
               (scanner->talk->hugo || container_width(raw, text.ptr) < CODE_INDENT)) {
        look_for_begin(scanner, line, text);
    }
}

/* Rules, and a paragraph that would be notes in a talk: they may be meant for
 * nobody but the speaker. */
static void warn_of_notes(const struct source *source, unsigned first, struct diags *diags)
{
    static const struct hackmd_talk usual = {.is = true};
    struct container_code code = {0};
    struct span note = {0};
    unsigned rules = 0;

    if (!span_has(source->text, "\n---") ||
        (!span_has(source->text, "\nNote") && !span_has(source->text, "\nnote")))
        return;
    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line);

        if (container_pass_code(&code, raw))
            continue;
        rules += hackmd_separator(&usual, source, line) > 0;
        if (note.len == 0 && hackmd_note_mark(raw, (struct span){0}) > 0)
            note = raw;
    }
    if (rules > 0 && note.len > 0)
        diag_add(diags, DIAG_WARNING, source_place(source, note.ptr),
                 (unsigned)hackmd_note_mark(note, (struct span){0}),
                 "this is shown to everybody; if the chapter is a talk and these are its "
                 "speaker's notes, say type: slide in the front matter, else slides: no");
}

void hackmd_find_notes(struct hackmd_notes *notes, const struct source *source, unsigned first,
                       const struct hackmd_talk *talk, struct arena *arena, struct diags *diags)
{
    struct scanner scanner = {.notes = notes,
                              .source = source,
                              .talk = talk,
                              .arena = arena,
                              .diags = diags,
                              .first = first};

    *notes = (struct hackmd_notes){0};
    if (!talk->is && !talk->refused)
        warn_of_notes(source, first, diags);
    if (!talk->is && !span_has(source->text, "<aside"))
        return;
    for (unsigned line = first; line <= source->line_count; line++)
        scan_line(&scanner, line);
    end_notes(&scanner, source->line_count + 1);
    notes->masked = scanner.masked;
}
