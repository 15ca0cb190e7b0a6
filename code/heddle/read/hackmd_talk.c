#include "heddle/read/hackmd_talk.h"

#include "heddle/read/container.h"
#include "heddle/read/front_matter.h"
#include "heddle/read/hackmd_notes.h"
#include "heddle/read/slide_head.h"
#include "heddle/read/talk_separator.h"

/* Guessing ------------------------------------------------------------------ */

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
    size_t mark = hackmd_note_mark(text, (struct span){0});

    tally->comments += span_has(text, "<!-- .slide:") || span_has(text, "<!-- .element:");
    tally->notes += mark > 0 && mark == text.len;
    tally->remarks += mark > 0;
    tally->headings += heading;
    if (text.len == 0 || span_starts(text, "<!--"))
        return;
    tally->begins_headed |= tally->lines == 0 && text.ptr[0] == '#';
    tally->lines++;
}

/* What only talks do; else, few lines and one heading between any two rules; or the lines
 * alone, where a talk's tool has been at work. */
static bool acts_as_talk(const struct tally *tally, bool among_talks)
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
           (among_talks || 100 * tally->headed >= HEADED_PERCENT * (rules + 1));
}

static struct tally count_sections(const struct source *source, unsigned first, struct span slide,
                                   bool tight)
{
    const struct hackmd_talk usual = {.is = true, .tight = tight, .slide = slide};
    struct container_code code = {0};
    struct tally tally = {0};

    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line);
        unsigned dashes =
            container_pass_code(&code, raw) ? 0 : hackmd_separator(&usual, source, line);

        tally.columns += dashes == 3 && line > first;
        tally.slides += dashes == 4;
        tally.heads += dashes > 0 && slide_head_end(source, line + 1, false) > 0;
        if (dashes > 0)
            end_section(&tally);
        else if (code.fence == '\0')
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
           acts_as_talk(tally, false);
}

static void guess_talk(struct hackmd_talk *talk, const struct source *source, unsigned first)
{
    struct tally loose, tight;
    bool is_tight;

    if (!span_has(source->text, "\n---"))
        return;
    loose = count_sections(source, first, talk->slide, false);
    tight = count_sections(source, first, talk->slide, true);
    talk->is = acts_as_talk(&loose, talk->reveal_md);
    is_tight = acts_as_tight_talk(&tight) &&
               tight.columns + tight.slides >= 2 * (loose.columns + loose.slides);
    talk->tight = talk->tight || is_tight;
    talk->is = talk->is || is_tight;
}

/* Of single slides, as Slidev has them. */
static bool has_front_matters(const struct source *source, unsigned first)
{
    if (!span_has(source->text, "\n\n---\n"))
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

    if (has_front_matters(source, first) || !span_has(source->text, "\n---"))
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_has(source->text, marks[i]))
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
        if (span_has(source->text, marks[i]))
            return span_has(source->text, "\n---");
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
        if (below && (span_has(line, "Reveal") || span_has(line, "reveal")))
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
        if (span_has(text, marks[i]))
            return span_has(text, "\n---");
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
    struct container_code code = {0};
    unsigned headings = 0, slides = 1;

    for (unsigned line = first; line <= source->line_count; line++) {
        struct span raw = source_line(source, line);

        if (container_pass_code(&code, raw))
            continue;
        headings += container_heading(raw) == 1 || container_heading(raw) == 2;
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
