#include "heddle/read/foreign.h"

#include <ctype.h>
#include <string.h>

#include "heddle/read/quarto.h"
#include "heddle/read/shortcode.h"

/* Attributes ------------------------------------------------------------------- */

static bool next_word(struct span *rest, struct span *word)
{
    size_t len = 0;

    *rest = span_trim(*rest);
    while (len < rest->len && !is_blank(rest->ptr[len]) && rest->ptr[len] != ',')
        len++;
    *word = (struct span){rest->ptr, len};
    *rest = span_skip(*rest, len + 1);
    return word->ptr != NULL && (len > 0 || rest->len > 0);
}

static bool is_of_mdbook(struct span word)
{
    static const char *const words[] = {"ignore",       "no_run",      "should_panic",
                                        "compile_fail", "editable",    "noplayground",
                                        "noplaypen",    "edition2018", "edition2021"};

    return SPAN_IS_ANY(word, words);
}

/* file=x.c, #name or .program outside of braces. */
static const char *without_braces(struct span info)
{
    static const char *const ours[] = {"file=",         "of=",       ".program",
                                       ".compile-fail", ".fragment", ".no-tangle"};
    struct span rest = info, word;

    next_word(&rest, &word); /* the language */
    rest = span_trim(rest);
    if (span_starts(rest, "\"") || span_starts(rest, "<<<"))
        return "these attributes are not read: this is lmt's notation; say {file=x.c} or {#name}";
    while (next_word(&rest, &word))
        if (SPAN_STARTS_ANY(word, ours) || (word.len > 1 && word.ptr[0] == '#'))
            return "these attributes are not read: attributes stand in braces; say {file=x.c} or "
                   "{#name}";
        else if (word.ptr[-1] == ',' && is_of_mdbook(word))
            return "these attributes are not read: this is mdBook's notation; say {.program}, "
                   "{.compile-fail} or {.no-tangle}";
    return NULL;
}

static bool is_of_codebraid(const struct attrs *attrs)
{
    for (size_t i = 0; i < attrs->count; i++)
        if (attrs->list[i].kind == ATTR_CLASS &&
            (span_starts(attrs->list[i].value, "cb.") || span_starts(attrs->list[i].value, "cb-")))
            return true;
    return false;
}

/* "{.c#name}": to everybody this is a class. "c#" is a language. */
static bool is_glued(struct span word)
{
    return word.len > 2 && memchr(word.ptr + 1, '#', word.len - 2) != NULL;
}

static bool has_glued(const struct attrs *attrs)
{
    bool glued = is_glued(attrs->language);

    for (size_t i = 0; i < attrs->count && !glued; i++)
        glued = attrs->list[i].kind == ATTR_CLASS && is_glued(attrs->list[i].value);
    return glued;
}

static const char *of_attributes(const struct block *block)
{
    const struct attrs *attrs = &block->attrs;

    if (!attrs->braces && block->info.len > 0 &&
        memchr(block->info.ptr, '{', block->info.len) == NULL)
        return without_braces(block->info);
    if (is_of_codebraid(attrs))
        return "these attributes are not read: heddle does not run codebraid's blocks; see "
               ".program and output {of=NAME}";
    if (attrs->braces && has_glued(attrs))
        return "these attributes are not read: a blank stands before #; say {.c #name}";
    return NULL;
}

/* "#| file: x.py" would make a chunk in a block with braces. */
static bool is_quarto(const struct block *block)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span line = code_line_span(&block->lines[i]), before;

        if (!quarto_is_attribute(line))
            return false;
        span_find(&line, "| ", &before);
        line = span_trim(span_skip(line, 2));
        if (span_starts(line, "file:") || span_starts(line, "id:"))
            return true;
    }
    return false;
}

/* Other files' text -------------------------------------------------------------- */

static bool is_shortcode(struct span text, const char *name)
{
    struct shortcode code;

    return shortcode_read(text, &code) && !code.closes && !code.escaped && span_is(code.name, name);
}

/* mkdocs (pymdownx), mdBook, Quarto and VitePress. */
static bool puts_file(struct span text)
{
    static const char *const marks[] = {"--8<-- ",        "{{#include ",         "{{ #include ",
                                        "{{#playground ", "{{#rustdoc_include ", "<<< @",
                                        "<<< ./"};

    return SPAN_STARTS_ANY(text, marks) || is_shortcode(text, "include");
}

static const char includes[] =
    "this line is shown as it is: another tool puts a file's text there, and heddle does not; "
    "put the text itself here";

/* A block in Markdown, or one that is for showing, speaks of such lines. */
static bool is_example(const struct attrs *attrs)
{
    static const char *const names[] = {"md", "markdown", "liquid", "text", "html"};

    return SPAN_IS_ANY(attrs->language, names) || attr_has_class(attrs, "no-tangle");
}

static bool find_include(const struct block *block, struct foreign *foreign)
{
    for (unsigned i = 0; i < block->line_count && !is_example(&block->attrs); i++) {
        struct span text = span_trim(code_line_span(&block->lines[i]));

        if (puts_file(text)) {
            *foreign = (struct foreign){text, includes, .inside = true};
            return true;
        }
    }
    return false;
}

bool foreign_find(const struct block *block, struct foreign *foreign)
{
    const char *why = of_attributes(block);

    if (why != NULL)
        *foreign = (struct foreign){.where = block->info, .why = why};
    else if (!block->attrs.braces && is_quarto(block))
        *foreign = (struct foreign){.where = code_line_span(&block->lines[0]),
                                    .why = "this line is an attribute only where the fence has "
                                           "braces, such as ```{python}"};
    else
        return find_include(block, foreign);
    return true;
}

/* Code without a fence ------------------------------------------------------------- */

/* What is typed, or made by a word processor, in place of a backtick, and blanks that no
 * one sees: U+00B4, U+2018 to U+201D, U+FF40; U+00A0, U+200B, U+FEFF. */
static size_t near_backtick(struct span text)
{
    static const char *const signs[] = {"`",
                                        "'",
                                        "\"",
                                        "~",
                                        "\\",
                                        "\xc2\xb4",
                                        "\xe2\x80\x98",
                                        "\xe2\x80\x99",
                                        "\xe2\x80\x9c",
                                        "\xe2\x80\x9d",
                                        "\xef\xbd\x80",
                                        "\xc2\xa0",
                                        "\xe2\x80\x8b",
                                        "\xef\xbb\xbf"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_starts(text, signs[i]))
            return strlen(signs[i]);
    return 0;
}

/* "'''c": signs that are no fence, and a language. */
static bool begins_like_fence(struct span head)
{
    size_t signs = 0;

    for (size_t len; (len = near_backtick(head)) > 0; signs++)
        head = span_skip(head, len);
    head = span_trim(head);
    for (size_t i = 0; i < head.len; i++)
        if (!isalnum((unsigned char)head.ptr[i]) && strchr("+-_.", head.ptr[i]) == NULL)
            return false;
    return signs > 1;
}

/* "Text: ```c": the only backticks of their line. */
static bool holds_fence(struct span head, struct span braces)
{
    struct span rest = head, before;

    if (!span_find(&rest, "```", &before))
        return false;
    while (span_starts(rest, "`"))
        rest = span_skip(rest, 1);
    return memchr(before.ptr, '`', before.len) == NULL && memchr(rest.ptr, '`', rest.len) == NULL &&
           memchr(braces.ptr, '`', braces.len) == NULL;
}

/* A line of text with attributes of ours that would have stood behind a fence. */
static bool is_near_fence(struct span text)
{
    struct span rest = text, head, braces;

    if (!span_find(&rest, "{", &head))
        return false;
    braces = span_between(head.ptr + head.len, text.ptr + text.len);
    return attr_is_for_us(braces) && (begins_like_fence(head) || holds_fence(head, braces));
}

const char *foreign_line(struct span text)
{
    static const char *const tags[] = {"{% highlight ", "{%- highlight ", "{% codeblock"};

    if (is_near_fence(text))
        return "this is no fence, and the code below is not read; a fence begins its line, with "
               "three backticks or more";
    if (span_starts(text, "<<") && span_ends(text, ">>=") && text.len > 5)
        return "this is noweb's notation, and the code below is not read; put it into a fence, "
               "```c {#name}";
    if (SPAN_STARTS_ANY(text, tags))
        return "this is Jekyll's tag, and the code below is not read; put it into a fence, ```c";
    if (is_shortcode(text, "highlight"))
        return "this is Hugo's shortcode, and the code below is not read; put it into a fence, "
               "```c";
    if (puts_file(text))
        return includes;
    return NULL;
}

/* Pages ------------------------------------------------------------------------- */

/* "/// note | Title" */
static bool is_of_pymdownx(struct span text)
{
    return span_starts(text, "/// ") && text.len > 4;
}

/* What closes such a thing needs no word of its own. */
static bool is_liquid(struct span text)
{
    struct span rest = text;

    if (!span_starts(rest, "{%"))
        return false;
    rest = span_skip(rest, span_starts(rest, "{%-") ? 3 : 2);
    return !span_starts(span_trim(rest), "end");
}

/* A formula on lines of its own. */
static bool is_formula(struct span text)
{
    return span_is(text, "$$") ||
           (text.len > 4 && span_starts(text, "$$") && span_ends(text, "$$"));
}

const char *foreign_mark(struct span text)
{
    struct shortcode code;

    if (is_of_pymdownx(text))
        return "mkdocs";
    if (is_liquid(text))
        return "Jekyll or GitBook";
    if (span_starts(text, "{: "))
        return "Jekyll";
    if (shortcode_alone(text) && shortcode_read(text, &code) && !code.closes)
        return "Hugo or Quarto";
    if (is_formula(text))
        return "KaTeX or MathJax";
    return NULL;
}
