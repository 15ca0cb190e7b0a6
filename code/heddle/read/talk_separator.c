#include "heddle/read/talk_separator.h"

#include <ctype.h>
#include <string.h>

#include "heddle/read/container.h"
#include "heddle/read/front_matter.h"
#include "heddle/read/shortcode.h"
#include "heddle/read/slide_head.h"

enum {
    DASHES_LEAST = 5,
    RULES_LEAST = 2,
    EQUALS_LEAST = 3,
    GAPS_LEAST = 3,
    GAP_LEAST = 2,
    GAP_MOST = 9
};

/* Patterns ------------------------------------------------------------------ */

/* A line's end as a regular expression has it, at the start of the text. */
static size_t line_end(struct span text)
{
    static const char *const ends[] = {"(\\r\\n?|\\n)", "\\r?\\n", "\\r\\n", "\\n"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (span_starts(text, ends[i]))
            return strlen(ends[i]);
    return 0;
}

static size_t anything_blank(struct span text)
{
    static const char *const blanks[] = {"\\s*", "\\s+", " *", " ?", "^", "$"};

    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (span_starts(text, blanks[i]))
            return strlen(blanks[i]);
    return 0;
}

/* Skip what says nothing but where a line begins and ends. Returns how many of them. */
static unsigned skip_edges(struct span *text)
{
    unsigned ends = 0;
    size_t len;

    while ((len = line_end(*text)) > 0 || (len = anything_blank(*text)) > 0) {
        ends += line_end(*text) > 0;
        *text = span_skip(*text, len);
    }
    return ends;
}

/* A sign that means itself, as an asterisk behind a backslash. */
static bool is_escaped(struct span text)
{
    return text.len > 1 && text.ptr[0] == '\\' && ispunct((unsigned char)text.ptr[1]);
}

/* The text before the pattern's last edges. */
static struct span take_literal(struct span *text)
{
    struct span literal = {text->ptr, 0};

    while (text->len > 0 && line_end(*text) == 0 && anything_blank(*text) == 0) {
        size_t len = is_escaped(*text) ? 2 : 1;

        literal.len += len;
        *text = span_skip(*text, len);
    }
    return literal;
}

/* One sign alone would be an item of a list, mostly. */
static bool is_plain(struct span text)
{
    size_t signs = 0;

    for (; text.len > 0; signs++) {
        if (!is_escaped(text) && strchr("^$\\[](){}*+?|", text.ptr[0]) != NULL)
            return false;
        text = span_skip(text, is_escaped(text) ? 2 : 1);
    }
    return signs > 1;
}

size_t talk_separator_length(struct span text, struct span literal)
{
    size_t len = 0;

    for (; literal.len > 0; literal = span_skip(literal, 1), len++) {
        literal = span_skip(literal, is_escaped(literal));
        if (len == text.len ||
            tolower((unsigned char)text.ptr[len]) != tolower((unsigned char)literal.ptr[0]))
            return 0;
    }
    return len;
}

static void read_pattern(struct span pattern, struct span *line, unsigned *gap)
{
    bool anchored = span_starts(pattern, "^");
    unsigned ends = skip_edges(&pattern);
    struct span literal = take_literal(&pattern);

    skip_edges(&pattern);
    if (pattern.len == 0 && is_plain(literal))
        *line = literal;
    else if (pattern.len == 0 && literal.len == 0 && ends > 1)
        *gap = anchored ? ends : ends - 1;
}

/* A form of reveal-md's own: ^\s*notes?: */
static bool is_usual_note(struct span pattern)
{
    char letters[8] = "";
    size_t len = 0;

    for (; pattern.len > 0 && len + 1 < sizeof letters; pattern = span_skip(pattern, 1)) {
        pattern = span_skip(pattern, span_starts(pattern, "\\s") ? 2 : 0);
        if (pattern.len > 0 && isalpha((unsigned char)pattern.ptr[0]))
            letters[len++] = (char)tolower((unsigned char)pattern.ptr[0]);
    }
    return strcmp(letters, "note") == 0 || strcmp(letters, "notes") == 0;
}

static void read_note(struct span pattern, struct span *note)
{
    unsigned gap = 0;

    if (!is_usual_note(pattern))
        read_pattern(pattern, note, &gap);
}

/* reveal.js's own pattern has an end of a line behind --- as well. */
static bool is_usual(const struct hackmd_talk *talk)
{
    return (talk->column.len == 0 || span_is(talk->column, "---")) && talk->column_gap == 0;
}

static bool separates_anything(const struct hackmd_talk *talk, const struct source *source,
                               unsigned first)
{
    for (unsigned line = first; line <= source->line_count; line++)
        if (hackmd_separator(talk, source, line) == 3)
            return true;
    return false;
}

/* What holds for all talks of a folder makes none of a text without them; a page that shows
 * this one does. */
static void read_settings(struct hackmd_talk *talk, const struct talk_settings *settings,
                          const struct source *source, unsigned first)
{
    struct hackmd_talk beside = {.is = true, .tight = true};

    read_pattern(settings->separator, &beside.column, &beside.column_gap);
    read_pattern(settings->vertical, &beside.slide, &beside.slide_gap);
    read_note(settings->notes, &beside.note);
    if (!settings->names_it && (is_usual(&beside) || !separates_anything(&beside, source, first)))
        return;
    *talk = beside;
    talk->is = false;
    talk->tight = !is_usual(&beside);
}

void talk_separators_read(struct hackmd_talk *talk, struct span front_matter,
                          const struct talk_settings *settings, const struct source *source,
                          unsigned first)
{
    struct span separator = front_matter_value(front_matter, "separator");
    struct span below = front_matter_value(front_matter, "verticalSeparator");

    if (settings->file != NULL && separator.len + below.len == 0 &&
        !front_matter_has(front_matter, "slides"))
        read_settings(talk, settings, source, first);
    talk->reveal_md = settings->reveal_md;
    talk->theme = settings->theme;
    talk->theme_file = settings->theme_file;
    read_pattern(separator, &talk->column, &talk->column_gap);
    read_pattern(below, &talk->slide, &talk->slide_gap);
    read_note(front_matter_value(front_matter, "notesSeparator"), &talk->note);
}

static void check_pattern(struct span pattern, bool is_read, const struct source *source,
                          struct diags *diags)
{
    if (pattern.len > 0 && !is_read)
        diag_add(diags, DIAG_WARNING, source_place(source, pattern.ptr),
                 (unsigned)span_width(pattern),
                 "this pattern is not understood, and the usual rules separate; say one text, as "
                 "<!--s-->, or so many empty lines, as ^\\n\\n\\n");
}

/* The same where it stands in another file. */
static void check_setting(struct span pattern, const char *key,
                          const struct talk_settings *settings, const struct source *source,
                          struct diags *diags)
{
    struct span line = {0};
    unsigned gap = 0;

    read_pattern(pattern, &line, &gap);
    if (pattern.len > 0 && line.len + gap == 0)
        diag_add(diags, DIAG_WARNING, (struct place){source, 0, 0}, 0,
                 "the pattern \"%.*s\" in %s is not understood; say %s: in the front matter, "
                 "with one text, as <!--s-->, or so many empty lines, as ^\\n\\n\\n",
                 SPAN_ARG(pattern), settings->file, key);
}

static void check_note(struct span pattern, struct place place, struct diags *diags)
{
    struct span line = {0};

    read_note(pattern, &line);
    if (pattern.len > 0 && line.len == 0 && !is_usual_note(pattern))
        diag_add(diags, DIAG_WARNING, place, place.line > 0 ? (unsigned)span_width(pattern) : 0,
                 "the pattern \"%.*s\" of notes is not understood; begin them with a line Note:",
                 SPAN_ARG(pattern));
}

void talk_separators_check(const struct hackmd_talk *talk, struct span front_matter,
                           const struct talk_settings *settings, const struct source *source,
                           struct diags *diags)
{
    struct span separator = front_matter_value(front_matter, "separator");
    struct span below = front_matter_value(front_matter, "verticalSeparator");
    struct span notes = front_matter_value(front_matter, "notesSeparator");

    if (!talk->is)
        return;
    if (talk->undivided)
        diag_add(diags, DIAG_WARNING, (struct place){source, 0, 0}, 0,
                 "next to nothing separates the slides of this talk, so headings of level 1 and 2 "
                 "begin them; put a line --- between them");
    check_pattern(separator, talk->column.len > 0 || talk->column_gap > 0, source, diags);
    check_pattern(below, talk->slide.len > 0 || talk->slide_gap > 0, source, diags);
    if (notes.len > 0)
        check_note(notes, source_place(source, notes.ptr), diags);
    if (separator.len + below.len > 0 || talk->refused)
        return;
    check_setting(settings->separator, "separator", settings, source, diags);
    check_setting(settings->vertical, "verticalSeparator", settings, source, diags);
    check_note(settings->notes, (struct place){source, 0, 0}, diags);
}

/* Lines --------------------------------------------------------------------- */

static bool is_empty(const struct source *source, unsigned line)
{
    return span_trim(source_line(source, line)).len == 0;
}

/* Between empty lines; a slide's head may follow at once. */
static bool is_alone(const struct source *source, unsigned line)
{
    return is_empty(source, line - 1) &&
           (is_empty(source, line + 1) || slide_head_end(source, line + 1, false) > 0);
}

/* A rule of CommonMark (0.30, section 4.1), if it is no underline. */
static bool is_rule(struct span text)
{
    char sign = text.ptr[0];
    unsigned count = 0;

    if (strchr("-*_", sign) == NULL)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == sign)
            count++;
        else if (!is_blank(text.ptr[i]))
            return false;
    return count >= 3;
}

/* The line is the author's own separator. Attributes of the next slide may follow. */
static bool is_line(struct span text, struct span separator)
{
    size_t len = talk_separator_length(text, separator);
    struct span rest = span_skip(text, len);

    return len > 0 && (rest.len == 0 || span_starts(span_trim(rest), "<!--"));
}

/* How many lines are empty up to this one, where the next is not. */
static unsigned gap_before(const struct source *source, unsigned line)
{
    unsigned gap = 0;

    if (line >= source->line_count || is_empty(source, line + 1))
        return 0;
    while (gap < line && gap < GAP_MOST && is_empty(source, line - gap))
        gap++;
    return gap;
}

static unsigned gap_level(const struct hackmd_talk *talk, const struct source *source,
                          unsigned line)
{
    unsigned gap = talk->column_gap + talk->slide_gap > 0 ? gap_before(source, line) : 0;

    if (talk->column_gap > 0 && gap >= talk->column_gap)
        return 3;
    return talk->slide_gap > 0 && gap >= talk->slide_gap ? 4 : 0;
}

enum { FAR = 500 }; /* lines; a group of slides is looked for no farther back */

/* Between {{% section %}} and {{% /section %}}, where one slide is below the other. */
static bool is_in_section(const struct source *source, unsigned line)
{
    unsigned last = line > FAR ? line - FAR : 1;
    struct shortcode code;

    while (--line >= last)
        if (shortcode_first(source_line(source, line), "section", &code))
            return !code.closes;
    return false;
}

static unsigned rule_level(const struct hackmd_talk *talk, const struct source *source,
                           unsigned line)
{
    struct span text = span_trim(source_line(source, line));

    if (talk->hugo && span_is(text, "---"))
        return is_in_section(source, line) ? 4 : 3;
    return span_is(text, "---") && talk->column.len == 0   ? 3
           : span_is(text, "----") && talk->slide.len == 0 ? 4
                                                           : 0;
}

static unsigned own_level(const struct hackmd_talk *talk, const struct source *source,
                          unsigned line)
{
    struct span text = span_trim(source_line(source, line));

    if (talk->lone && !is_alone(source, line))
        return 0;
    return is_line(text, talk->column) ? 3 : is_line(text, talk->slide) ? 4 : 0;
}

unsigned hackmd_separator(const struct hackmd_talk *talk, const struct source *source,
                          unsigned line)
{
    struct span raw = source_line(source, line), text = span_trim(raw);

    if (text.len == 0)
        return gap_level(talk, source, line);
    if (container_width(raw, text.ptr) >= CODE_INDENT)
        return 0;
    if (own_level(talk, source, line) > 0)
        return own_level(talk, source, line);
    if (slide_head_is_closed_by(source, line))
        return 0;
    if (talk->marp)
        return is_rule(text) ? 3 : 0;
    if (!talk->tight && !talk->reveal_md && !is_alone(source, line))
        return 0;
    return rule_level(talk, source, line);
}

/* What the text tells ------------------------------------------------------- */

/* What authors write below --- where it is not ----. */
static const char *const below_marks[] = {"--",  "vvv",      "--v",        "---v", "-v-",
                                          ">>>", "<!--v-->", "<!-- v -->", "|||"};

enum { BELOW_COUNT = sizeof below_marks / sizeof *below_marks };

struct tally {
    struct span dashes; /* the first such line */
    unsigned rules, long_rules;
    unsigned loose_rules; /* --- and ---- below an empty line, whatever follows */
    struct span equals;   /* the first line of them alone; and how many are like it */
    unsigned equal_rules;
    unsigned below[BELOW_COUNT];
    unsigned attributes;
    unsigned gaps[GAP_MOST + 1]; /* how often so many lines were empty */
};

/* === or == ==, which between empty lines is nothing else in Markdown. */
static bool has_only_equals(struct span text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '=')
            count++;
        else if (!is_blank(text.ptr[i]))
            return false;
    return count >= 3;
}

static void count_alone(struct tally *tally, struct span text)
{
    size_t dashes = container_run(text, '-');

    if (tally->equals.len == 0 && has_only_equals(text))
        tally->equals = text;
    tally->equal_rules += tally->equals.len > 0 && span_equal(text, tally->equals);
    for (size_t i = 0; i < BELOW_COUNT; i++)
        tally->below[i] += span_is(text, below_marks[i]);
    if (dashes != text.len)
        return;
    tally->rules += dashes == 3 || dashes == 4;
    if (dashes >= DASHES_LEAST && tally->dashes.len == 0)
        tally->dashes = text;
    tally->long_rules += dashes >= DASHES_LEAST && span_equal(text, tally->dashes);
}

static bool has_attributes(struct span text)
{
    static const char *const marks[] = {"<!-- .slide:", "<!-- .element:", "<!-- {.element:",
                                        "<!--.slide:", "<!--.element:"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_has(text, marks[i]))
            return true;
    return false;
}

static struct tally count_lines(const struct source *source, unsigned first)
{
    struct tally tally = {0};
    struct container_code code = {0};

    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line), text = span_trim(raw);

        if (container_pass_code(&code, raw))
            continue;
        if (text.len == 0) {
            tally.gaps[line > first ? gap_before(source, line) : 0]++;
        } else {
            tally.attributes += has_attributes(text);
            tally.loose_rules +=
                (span_is(text, "---") || span_is(text, "----")) && is_empty(source, line - 1);
            if (is_alone(source, line))
                count_alone(&tally, text);
        }
    }
    return tally;
}

/* For talks that nothing else separates. The two widest gaps that recur are columns and slides;
 * one alone is columns. */
static void guess_gaps(struct hackmd_talk *talk, const struct tally *tally)
{
    unsigned all = 0, widest = 0, next = 0;

    for (unsigned gap = GAP_LEAST; gap <= GAP_MOST; gap++) {
        all += tally->gaps[gap];
        if (tally->gaps[gap] > 1) {
            next = widest;
            widest = gap;
        }
    }
    if (all < GAPS_LEAST || widest == 0)
        return;
    talk->is = true;
    talk->column_gap = widest;
    talk->slide_gap = next;
}

static bool has_own(const struct hackmd_talk *talk)
{
    return talk->marp || talk->remark || talk->slidev || talk->column.len > 0 ||
           talk->column_gap > 0 || talk->hugo || talk->refused;
}

/* What stands between them is separated by ---, if anything. */
static void guess_equals(struct hackmd_talk *talk, const struct source *source, unsigned first)
{
    struct tally tally;

    if (!span_has(source->text, "\n=="))
        return;
    tally = count_lines(source, first);
    if (tally.equal_rules < EQUALS_LEAST)
        return;
    talk->is = talk->lone = true;
    talk->column = tally.equals;
    if (talk->slide.len == 0 && tally.rules > 0)
        talk->slide = span_of("---");
}

void talk_separators_guess_below(struct hackmd_talk *talk, const struct source *source,
                                 unsigned first)
{
    struct tally tally;
    size_t most = 0;

    if (has_own(talk) || talk->slide.len > 0 || talk->slide_gap > 0 ||
        !span_has(source->text, "\n---"))
        return;
    tally = count_lines(source, first);
    for (size_t i = 1; i < BELOW_COUNT; i++)
        most = tally.below[i] > tally.below[most] ? i : most;
    if (tally.rules > 0 && tally.below[most] > 0)
        talk->slide = span_of(below_marks[most]);
}

void talk_separators_guess(struct hackmd_talk *talk, const struct source *source, unsigned first)
{
    struct tally tally;

    if (!has_own(talk))
        guess_equals(talk, source, first);
    if (has_own(talk) || !span_has(source->text, "<!--"))
        return;
    tally = count_lines(source, first);
    if (tally.rules > 0 || tally.attributes == 0)
        return;
    if (tally.long_rules >= RULES_LEAST) {
        talk->column = tally.dashes;
        talk->is = true;
    } else if (tally.loose_rules == 0 && !talk->tight) {
        guess_gaps(talk, &tally);
    }
}
