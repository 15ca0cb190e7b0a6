#define _GNU_SOURCE /* memmem */
#include "heddle/read/hackmd_talk.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "heddle/base/array.h"
#include "heddle/read/container.h"
#include "heddle/read/front_matter.h"
#include "heddle/read/shortcode.h"
#include "heddle/read/slide_head.h"
#include "heddle/read/talk_separator.h"

enum { RULE_LEAST = 3 }; /* CommonMark 0.30, section 4.1 */

static bool contains(struct span text, const char *word)
{
    return text.len > 0 && memmem(text.ptr, text.len, word, strlen(word)) != NULL;
}

struct span hackmd_tag_value(struct span tag, const char *name)
{
    for (; tag.len > 0; tag = span_skip(tag, 1)) {
        struct span value = span_skip(tag, strlen(name) + 3);
        const char *end;

        if (strchr(" \t", tag.ptr[0]) == NULL || !span_starts(span_skip(tag, 1), name) ||
            !span_starts(span_skip(tag, strlen(name) + 1), "=\""))
            continue;
        end = value.len > 0 ? memchr(value.ptr, '"', value.len) : NULL;
        if (end != NULL)
            return span_between(value.ptr, end);
    }
    return span_of("");
}

bool hackmd_sized_image(struct span *text, struct hackmd_image *image)
{
    struct span rest = span_skip(*text, 2), inner, size;
    const char *x;

    if (!span_starts(*text, "](") || !span_find(&rest, ")", &inner))
        return false;
    size = inner;
    if (!span_find(&size, " =", &image->address))
        return false;
    size = span_skip(size, 2);
    x = size.len > 0 ? memchr(size.ptr, 'x', size.len) : NULL;
    for (size_t i = 0; i < size.len; i++)
        if (strchr("0123456789%xpem", size.ptr[i]) == NULL)
            return false;
    if (x == NULL)
        return false;
    image->width = span_between(size.ptr, x);
    image->height = span_between(x + 1, size.ptr + size.len);
    *text = span_skip(rest, 1);
    return true;
}

/* The next word, up to a blank or to what begins a value. */
static struct span take_name(struct span *text)
{
    struct span name;

    while (text->len > 0 && (isspace((unsigned char)text->ptr[0]) || text->ptr[0] == '"'))
        *text = span_skip(*text, 1);
    name = (struct span){text->ptr, 0};
    while (text->len > 0 && !isspace((unsigned char)text->ptr[0]) && text->ptr[0] != '=') {
        name.len++;
        *text = span_skip(*text, 1);
    }
    return name;
}

bool hackmd_next_attribute(struct span *text, struct span *name, struct span *value)
{
    while (text->len > 0) {
        *name = take_name(text);
        *value = (struct span){name->ptr + name->len, 0};
        if (span_starts(*text, "=\"")) {
            *text = span_skip(*text, 2);
            if (!span_find(text, "\"", value))
                return false;
            *text = span_skip(*text, 1);
            return true;
        }
        if (span_starts(*name, "data-") && !span_starts(*text, "="))
            return true;
        *text = span_skip(*text, 1);
    }
    return false;
}

struct span hackmd_comment(struct span text, const char *kind)
{
    struct span words = {0};

    if (!span_starts(text, "<!--"))
        return words;
    text = span_skip(text, 4);
    while (text.len > 0 && (isspace((unsigned char)text.ptr[0]) || text.ptr[0] == '{'))
        text = span_skip(text, 1);
    if (span_starts(text, kind)) {
        text = span_skip(text, strlen(kind));
        span_find(&text, "-->", &words);
        words = span_skip(words, span_starts(words, ":"));
        while (words.len > 0 && strchr(" \t}", words.ptr[words.len - 1]) != NULL)
            words.len--;
    }
    return words;
}

/* <aside class="notes"> at the start of the text, or empty. */
static struct span opening_tag(struct span text)
{
    const char *end = span_starts(text, "<aside") ? memchr(text.ptr, '>', text.len) : NULL;
    struct span tag = {text.ptr, 0};

    if (end != NULL && contains(hackmd_tag_value(span_between(text.ptr, end), "class"), "notes"))
        tag = span_between(text.ptr, end + 1);
    return tag;
}

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
    char fence; /* the open fence's character, or NUL */
    size_t fence_length;
    bool in_comment;
    bool in_aside, in_note; /* at most one of them */
    bool in_shortcode;      /* the aside is Hugo's, and ends as such */
};

/* Code between the fences, the closing one included. */
static bool pass_code(struct scanner *scanner, struct span line)
{
    struct span mark = container_skip(line);

    if (scanner->fence != '\0') {
        size_t run = container_run(mark, scanner->fence);

        if (run >= scanner->fence_length && span_trim(span_skip(mark, run)).len == 0)
            scanner->fence = '\0';
        return true;
    }
    if (!container_opens_fence(line, '`') && !container_opens_fence(line, '~'))
        return false;
    while (strchr("`~", mark.ptr[0]) == NULL)
        mark = span_skip(mark, 1);
    scanner->fence = mark.ptr[0];
    scanner->fence_length = container_run(mark, scanner->fence);
    return true;
}

static bool pass_comment(struct scanner *scanner, struct span text)
{
    bool inside = scanner->in_comment || span_starts(text, "<!--");

    scanner->in_comment = inside && !contains(text, "-->");
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
    add_edge(scanner, (struct hackmd_edge){line, true, span_trim(beside), tag});
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
    add_edge(scanner, (struct hackmd_edge){line, false, before, {0}});
}

static bool starts_like(struct span text, struct span mark)
{
    return mark.len > 0 && text.len >= mark.len && strncasecmp(text.ptr, mark.ptr, mark.len) == 0;
}

/* The length of `Note:` or `Notes:` at the start of a line, or of `???` alone on it, or of the
 * author's own. */
static size_t note_mark(struct span text, struct span own)
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

static void look_for_begin(struct scanner *scanner, unsigned line, struct span text)
{
    struct span tag = opening_tag(text);

    if (look_for_shortcode(scanner, line, text))
        return;
    if (tag.len > 0) {
        open_notes(scanner, line, tag, span_skip(text, tag.len));
        scanner->in_aside = true;
        look_for_end(scanner, line, span_skip(text, tag.len));
    } else if (scanner->talk->is && note_mark(text, scanner->talk->note) > 0) {
        size_t mark = note_mark(text, scanner->talk->note);

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
    add_edge(scanner, (struct hackmd_edge){line - 1, false, text, {0}});
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

/* The level of a heading with number signs; 0: it is none. */
static unsigned heading_level(struct span raw)
{
    size_t level = container_run(raw, '#');

    return level > 0 && level <= 6 && (raw.len == level || is_blank(raw.ptr[level]))
               ? (unsigned)level
               : 0;
}

static void scan_line(struct scanner *scanner, unsigned line)
{
    struct span raw = source_line(scanner->source, line), text = span_trim(raw);
    unsigned dashes;

    if (pass_code(scanner, raw))
        return;
    dashes = scanner->talk->is ? hackmd_separator(scanner->talk, scanner->source, line) : 0;
    if (!scanner->in_comment && heading_level(raw) > 0 &&
        (scanner->talk->divider >> heading_level(raw) & 1) != 0)
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
    struct scanner scanner = {.source = source};
    struct span note = {0};
    unsigned rules = 0;

    if (!contains(source->text, "\n---") ||
        (!contains(source->text, "\nNote") && !contains(source->text, "\nnote")))
        return;
    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line);

        if (pass_code(&scanner, raw))
            continue;
        rules += hackmd_separator(&usual, source, line) > 0;
        if (note.len == 0 && note_mark(raw, (struct span){0}) > 0)
            note = raw;
    }
    if (rules > 0 && note.len > 0)
        diag_add(diags, DIAG_WARNING, source_place(source, note.ptr),
                 (unsigned)note_mark(note, (struct span){0}),
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
    if (!talk->is && !contains(source->text, "<aside"))
        return;
    for (unsigned line = first; line <= source->line_count; line++)
        scan_line(&scanner, line);
    end_notes(&scanner, source->line_count + 1);
    notes->masked = scanner.masked;
}

/* Is it a talk? --------------------------------------------------------------- */

enum {
    RULES_LEAST = 3,
    LINES_MEAN = 12,
    LINES_MOST = 40,
    HEADED_PERCENT = 60,
    CROWDED_MOST = 5 /* one section in so many */
};

/* What stands between the rules of a chapter. */
struct tally {
    unsigned columns, slides; /* --- and ---- */
    unsigned notes, remarks;  /* lines Note: alone; and all that begin so */
    unsigned comments;        /* attributes of slides */
    unsigned heads;           /* likewise, as remark and Slidev have them */
    unsigned headed, crowded; /* sections that begin with a heading; that have several */
    unsigned lines, headings; /* of this section, which are not empty */
    unsigned all_lines, most; /* of all, and of the longest */
    bool begins_headed;
};

static void end_section(struct tally *tally)
{
    tally->headed += tally->begins_headed;
    tally->crowded += tally->headings > 1;
    tally->all_lines += tally->lines;
    tally->most = tally->lines > tally->most ? tally->lines : tally->most;
    tally->lines = tally->headings = 0;
    tally->begins_headed = false;
}

static void count_line(struct tally *tally, struct span text)
{
    bool heading = span_starts(text, "# ") || span_starts(text, "## ");
    size_t mark = note_mark(text, (struct span){0});

    tally->comments += contains(text, "<!-- .slide:") || contains(text, "<!-- .element:");
    tally->notes += mark > 0 && mark == text.len;
    tally->remarks += mark > 0;
    tally->headings += heading;
    if (text.len == 0 || span_starts(text, "<!--"))
        return;
    tally->begins_headed |= tally->lines == 0 && text.ptr[0] == '#';
    tally->lines++;
}

/* What only talks do; else, few lines and one heading between any two rules. */
static bool acts_as_talk(const struct tally *tally)
{
    unsigned rules = tally->columns + tally->slides;

    if (rules == 0)
        return false;
    if (tally->comments + tally->heads + tally->notes > 0)
        return true;
    if (tally->crowded * CROWDED_MOST > rules)
        return false;
    if (tally->remarks > 0 || (tally->columns > 0 && tally->slides > 0))
        return true;
    return rules >= RULES_LEAST && tally->most <= LINES_MOST &&
           tally->all_lines <= LINES_MEAN * (rules + 1) &&
           100 * tally->headed >= HEADED_PERCENT * (rules + 1);
}

static struct tally count_sections(const struct source *source, unsigned first, struct span slide,
                                   bool tight)
{
    const struct hackmd_talk usual = {.is = true, .tight = tight, .slide = slide};
    struct scanner scanner = {.source = source};
    struct tally tally = {0};

    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line);
        unsigned dashes = pass_code(&scanner, raw) ? 0 : hackmd_separator(&usual, source, line);

        tally.columns += dashes == 3 && line > first;
        tally.slides += dashes == 4;
        tally.heads += dashes > 0 && slide_head_end(source, line + 1, false) > 0;
        if (dashes > 0)
            end_section(&tally);
        else if (scanner.fence == '\0')
            count_line(&tally, span_trim(raw));
        else
            tally.lines++;
    }
    end_section(&tally);
    return tally;
}

/* Where --- needs no empty lines around it, it may as well underline a heading:
 * then few sections begin with a number sign. */
static bool acts_as_tight_talk(const struct tally *tally)
{
    unsigned rules = tally->columns + tally->slides;

    return rules >= RULES_LEAST &&
           (tally->comments > 0 || 100 * tally->headed >= HEADED_PERCENT * (rules + 1)) &&
           acts_as_talk(tally);
}

static void guess_talk(struct hackmd_talk *talk, const struct source *source, unsigned first)
{
    struct tally loose, tight;
    bool is_tight;

    if (!contains(source->text, "\n---"))
        return;
    loose = count_sections(source, first, talk->slide, false);
    tight = count_sections(source, first, talk->slide, true);
    talk->is = acts_as_talk(&loose);
    is_tight = acts_as_tight_talk(&tight) &&
               tight.columns + tight.slides >= 2 * (loose.columns + loose.slides);
    talk->tight = talk->tight || is_tight;
    talk->is = talk->is || is_tight;
}

/* Of single slides, as Slidev has them. */
static bool has_front_matters(const struct source *source, unsigned first)
{
    if (!contains(source->text, "\n\n---\n"))
        return false;
    for (unsigned line = first; line <= source->line_count; line++)
        if (span_is(span_trim(source_line(source, line)), "---") &&
            span_trim(source_line(source, line - 1)).len == 0 &&
            slide_head_close(source, line + 1) > 0)
            return true;
    return false;
}

static bool is_remark(const struct source *source, unsigned first)
{
    static const char *const marks[] = {"\n???\n",       "\n???\r",           "\n---\nclass: ",
                                        "\n---\nname: ", "\n---\ntemplate: ", "\nlayout: true\n"};

    if (has_front_matters(source, first) || !contains(source->text, "\n---"))
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (contains(source->text, marks[i]))
            return true;
    return span_starts(source_line(source, first), "class: ");
}

/* Its command line needs no word for it. */
static bool is_marp(struct span front_matter, const struct source *source)
{
    static const char *const marks[] = {
        "\n![bg]",        "\n![bg ",         "<!-- _class:",          "<!-- $theme:",
        "<!-- paginate:", "<!-- _paginate:", "<!-- _backgroundColor:"};

    if (front_matter_has(front_matter, "marp"))
        return !span_is(front_matter_value(front_matter, "marp"), "false");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (contains(source->text, marks[i]))
            return contains(source->text, "\n---");
    return false;
}

/* outputs = ["Reveal"], or a list of YAML's that has it. */
static bool asks_hugo(struct span front_matter)
{
    bool below = false;
    struct span line;

    while (span_line(&front_matter, &line)) {
        if (line.len > 0 && !is_blank(line.ptr[0]) && line.ptr[0] != '-')
            below = span_starts(line, "outputs");
        if (below && (contains(line, "Reveal") || contains(line, "reveal")))
            return true;
    }
    return false;
}

/* For Hugo, or with a rule between slides and shortcodes that are reveal-hugo's: manuals made
 * with Hugo have {{< note >}}, and that is for all to read. */
static bool is_hugo(struct span front_matter, const struct source *source)
{
    static const char *const marks[] = {"{{% section %}}", "{{< slide ",       "{{% slide ",
                                        "{{% note %}}",    "{{% fragment %}}", "{{< fragment >}}",
                                        "{{% frag c="};
    struct span text = source->text;

    if (asks_hugo(front_matter))
        return true;
    if (front_matter.len > 0)
        text = span_between(front_matter.ptr + front_matter.len, text.ptr + text.len);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (contains(text, marks[i]))
            return contains(text, "\n---");
    return false;
}

/* headingDivider: 2 is all levels up to it, [2, 3] are these. */
static unsigned read_divider(struct span value)
{
    bool list = span_starts(value, "[");
    unsigned bits = 0;

    for (size_t i = 0; i < value.len; i++) {
        unsigned level = (unsigned)(value.ptr[i] - '0');

        if (value.ptr[i] < '1' || value.ptr[i] > '6')
            continue;
        bits |= 1u << level;
        for (; !list && level > 1; level--)
            bits |= 1u << (level - 1);
    }
    return bits;
}

enum { HEADINGS_LEAST = 8, HEADINGS_A_SLIDE = 5 };

/* Where so many headings stand on a slide, something else parts them: a script of the author's,
 * mostly. */
static bool is_undivided(const struct hackmd_talk *talk, const struct source *source,
                         unsigned first)
{
    struct scanner scanner = {.source = source};
    unsigned headings = 0, slides = 1;

    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line);

        if (pass_code(&scanner, raw))
            continue;
        headings += heading_level(raw) == 1 || heading_level(raw) == 2;
        slides += hackmd_separator(talk, source, line) > 0;
    }
    return headings >= HEADINGS_LEAST && headings >= HEADINGS_A_SLIDE * slides;
}

struct hackmd_talk hackmd_is_talk(struct span front_matter, const struct talk_settings *settings,
                                  const struct source *source, unsigned first)
{
    static const char *const keys[] = {"slideOptions", "revealOptions", "verticalSeparator",
                                       "highlightTheme", "marp"};
    struct hackmd_talk talk = {0};

    talk_separators_read(&talk, front_matter, settings, source, first);
    talk.is = settings->names_it || talk.column.len > 0 || talk.column_gap > 0 ||
              span_is(front_matter_value(front_matter, "type"), "slide");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        talk.is = talk.is || front_matter_has(front_matter, keys[i]);
    talk.tight = front_matter_has(front_matter, "revealOptions") || talk.slide.len > 0 ||
                 front_matter_has(front_matter, "highlightTheme");
    talk.marp =
        (!talk.is || front_matter_has(front_matter, "marp")) && is_marp(front_matter, source);
    talk.is = talk.is || talk.marp || span_starts(source_line(source, first), "class: ");
    talk.hugo = !talk.marp && is_hugo(front_matter, source);
    talk.is = talk.is || talk.hugo;
    talk.remark = !talk.hugo && is_remark(source, first);
    talk.slidev = !talk.hugo && has_front_matters(source, first);
    talk.tight = talk.tight || talk.slidev || talk.remark;
    talk.refused = front_matter_has(front_matter, "slides");
    talk_separators_guess_below(&talk, source, first);
    if (span_is(front_matter_value(front_matter, "slides"), "no"))
        talk.is = false;
    else if (!talk.is && !talk.refused)
        guess_talk(&talk, source, first);
    if (!talk.refused)
        talk_separators_guess(&talk, source, first);
    if (talk.marp)
        talk.divider = read_divider(front_matter_value(front_matter, "headingDivider"));
    talk.undivided = talk.is && !talk.marp && !talk.slidev && is_undivided(&talk, source, first);
    if (talk.undivided)
        talk.divider = 1u << 1 | 1u << 2;
    return talk;
}
