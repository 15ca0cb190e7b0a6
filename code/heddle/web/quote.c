#include "heddle/web/quote.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct quote {
    const struct chapter *chapter;
    struct span mark;   /* {of=...} */
    struct span figure; /* as written: "369,600", "two" */
    double value;
    const struct attr *source; /* of= or in= */
    unsigned long line, field; /* from 1; 0: any */
    bool outcomes;
};

/* What was found where the quote says. */
struct answer {
    bool source, place, right;
    double value; /* the last number that is there, when !right */
    bool has_value;
};

static const char *const number_words[] = {"zero",    "one",       "two",      "three",
                                           "four",    "five",      "six",      "seven",
                                           "eight",   "nine",      "ten",      "eleven",
                                           "twelve",  "thirteen",  "fourteen", "fifteen",
                                           "sixteen", "seventeen", "eighteen", "nineteen",
                                           "twenty"};

static bool number_word(struct span text, double *value)
{
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
        if (strlen(number_words[i]) == text.len &&
            strncasecmp(number_words[i], text.ptr, text.len) == 0) {
            *value = (double)i;
            return true;
        }
    return false;
}

/* Take the next number out of the text: digits, with one fraction. A comma
 * between digits stands for nothing. */
static bool next_number(struct span *text, double *value)
{
    char digits[64];
    size_t length = 0, i = 0;

    while (i < text->len && !isdigit((unsigned char)text->ptr[i]))
        i++;
    for (bool point = false; i < text->len && length < sizeof digits - 1; i++) {
        char c = text->ptr[i];
        bool more = i + 1 < text->len && isdigit((unsigned char)text->ptr[i + 1]);

        if (isdigit((unsigned char)c) || (c == '.' && more && !point))
            digits[length++] = c;
        else if (c != ',' || !more || point)
            break;
        point = point || c == '.';
    }
    *text = span_skip(*text, i);
    digits[length] = '\0';
    *value = strtod(digits, NULL);
    return length > 0;
}

/* The number that stands before the comment, in **bold** and `code` as well. */
static bool read_figure(struct quote *quote, const char *comment)
{
    const char *begin = quote->chapter->source.text.ptr, *end = comment, *from;

    while (end > begin && strchr("*_`", end[-1]) != NULL)
        end--;
    for (from = end; from > begin && (isalnum((unsigned char)from[-1]) ||
                                      (strchr(".,", from[-1]) != NULL && from < end));)
        from--;
    while (from < end && !isalnum((unsigned char)*from))
        from++;
    quote->figure = span_between(from, end);
    if (number_word(quote->figure, &quote->value))
        return true;
    return next_number(&(struct span){from, quote->figure.len}, &quote->value);
}

static bool read_ordinal(const struct quote *quote, const struct attrs *attrs, const char *key,
                         unsigned long *number, struct diags *diags)
{
    const struct attr *attr = attr_get(attrs, key);

    if (attr == NULL || (span_number(attr->value, 1000000, number) && *number > 0))
        return true;
    diag_error_at(diags, &quote->chapter->source, attr->whole, "%s counts from 1", key);
    return false;
}

/* A comment that is none of ours, or a bad one, which is reported: false. */
static bool read_quote(struct quote *quote, struct web *web, const struct link *link,
                       struct diags *diags)
{
    struct span text = link->target, inside;
    struct attrs attrs;

    if (!link->is_html || !span_starts(text, "<!--{"))
        return false;
    text = span_skip(text, strlen("<!--"));
    if (!span_find(&text, "-->", &inside) ||
        !(span_starts(inside, "{of=") || span_starts(inside, "{in=")))
        return false;
    quote->mark = inside;
    if (!attr_parse(&attrs, &web->arena, &quote->chapter->source, inside, diags))
        return false;
    quote->source =
        attr_get(&attrs, "of") != NULL ? attr_get(&attrs, "of") : attr_get(&attrs, "in");
    quote->outcomes = span_is(attrs.language, "outcomes") || attr_has_class(&attrs, "outcomes");
    if (!read_ordinal(quote, &attrs, "line", &quote->line, diags) ||
        !read_ordinal(quote, &attrs, "field", &quote->field, diags))
        return false;
    if (read_figure(quote, link->at))
        return true;
    diag_error_at(diags, &quote->chapter->source, inside, "no number stands before this source");
    return false;
}

/* Looking ---------------------------------------------------------------------- */

static struct span word_of(struct span line, unsigned long number)
{
    for (unsigned long i = 1;; i++) {
        struct span word;

        line = span_trim(line);
        for (word = line, word.len = 0;
             word.len < line.len && !isspace((unsigned char)line.ptr[word.len]);)
            word.len++;
        if (i == number || word.len == 0)
            return word;
        line = span_skip(line, word.len);
    }
}

static void compare(const struct quote *quote, double value, struct answer *answer)
{
    answer->right = answer->right || value == quote->value;
    answer->value = value;
    answer->has_value = true;
}

static void look_at_lines(const struct quote *quote, const struct block *block,
                          struct answer *answer)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span text = code_line_span(&block->lines[i]);
        double value;

        if (quote->line != 0 && quote->line != i + 1)
            continue;
        if (quote->field != 0)
            text = word_of(text, quote->field);
        answer->place = answer->place || text.len > 0;
        while (next_number(&text, &value))
            compare(quote, value, answer);
    }
}

/* An outcome ends with a line of dashes, or with the block; indented lines
 * behind the dashes say how it ended. */
static double count_outcomes(const struct block *block)
{
    size_t count = 0;
    bool open = false, told = false;

    for (unsigned i = 0; i < block->line_count; i++) {
        struct span text = code_line_span(&block->lines[i]);
        bool ends = span_starts(text, "---");

        count += ends;
        told = ends ? text.len > 3 : told && span_starts(text, "    ");
        open = !ends && !told;
    }
    return (double)(count + open);
}

static void look_at_program(const struct quote *quote, const struct web *web, struct answer *answer)
{
    const struct target *program = table_get(&web->programs, quote->source->value);

    answer->source = program != NULL;
    for (size_t i = 0; i < web->snippet_count; i++) {
        const struct snippet *snippet = &web->snippets[i];

        if (program == NULL || snippet->program != program || snippet->kind == SNIPPET_FIGURE)
            continue;
        if (!quote->outcomes) {
            look_at_lines(quote, snippet->part->block, answer);
        } else if (snippet->kind == SNIPPET_OUTCOMES) {
            answer->place = true;
            compare(quote, count_outcomes(snippet->part->block), answer);
        }
    }
}

static void look_at_code(const struct quote *quote, const struct web *web, struct answer *answer)
{
    const struct chunk *chunk = table_get(&web->names, quote->source->value);

    answer->source = chunk != NULL && chunk->first != NULL;
    if (answer->source)
        for (const struct part *part = chunk->first; part != NULL; part = part->next)
            look_at_lines(quote, part->block, answer);
}

static void check_quote(const struct quote *quote, struct web *web, struct diags *diags)
{
    bool of = span_is(quote->source->key, "of");
    const struct table *names = of ? &web->programs : &web->names;
    const struct source *source = &quote->chapter->source;
    struct answer answer = {0};
    struct span near;

    (of ? look_at_program : look_at_code)(quote, web, &answer);
    if (!answer.source) {
        bool close = table_nearest(names, quote->source->value, &near);

        diag_error_at(diags, source, quote->source->value, "no %s is named \"%.*s\"%s%.*s%s",
                      of ? "program" : "chunk", SPAN_ARG(quote->source->value),
                      close ? "; did you mean \"" : "", close ? (int)near.len : 0,
                      close ? near.ptr : "", close ? "\"?" : "");
    } else if (!answer.place) {
        diag_error_at(diags, source, quote->mark, "no block of \"%.*s\" has such a place",
                      SPAN_ARG(quote->source->value));
    } else if (!answer.right && answer.has_value && (quote->field != 0 || quote->outcomes)) {
        diag_error_at(diags, source, quote->figure,
                      "\"%.*s\" is not what \"%.*s\" has there: %.10g", SPAN_ARG(quote->figure),
                      SPAN_ARG(quote->source->value), answer.value);
    } else if (!answer.right) {
        diag_error_at(diags, source, quote->figure, "no number of \"%.*s\" is %.*s%s",
                      SPAN_ARG(quote->source->value), SPAN_ARG(quote->figure),
                      quote->line != 0 ? " in that line" : "");
    }
}

void web_check_quotes(struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].link_count; j++) {
            struct quote quote = {.chapter = &web->chapters[i]};

            if (read_quote(&quote, web, &web->chapters[i].links[j], diags))
                check_quote(&quote, web, diags);
        }
}
