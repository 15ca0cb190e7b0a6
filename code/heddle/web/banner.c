#include "heddle/web/banner.h"

#include <stdio.h>
#include <string.h>

#include "heddle/base/path.h"

struct form {
    const char *open, *next, *close;
    const char *kinds; /* extensions, languages and names, each between blanks */
};

static const struct form forms[] = {
    {"/* ", " * ", " */",
     " c h cc cpp cxx c++ hh hpp css go java javascript js mjs rs rust ts typescript "},
    {"# ", "# ", "",
     " GNUmakefile Makefile awk bash cmake make makefile mk perl pl py python rb ruby sh shell "
     "toml yaml yml "},
};

/* The extension, or nothing; a name's first dot begins none. */
static struct span extension(struct span name)
{
    for (size_t i = name.len; i > 1; i--)
        if (name.ptr[i - 1] == '.')
            return span_skip(name, i);
    return span_of("");
}

static const struct form *form_of(struct span path, struct span language)
{
    struct span name = path_name(path), kind = extension(name);
    char word[32];

    if (kind.len == 0)
        kind = language.len > 0 ? language : name;
    if (kind.len == 0 || kind.len > sizeof word - 3 || memchr(kind.ptr, ' ', kind.len) != NULL)
        return NULL;
    snprintf(word, sizeof word, " %.*s ", SPAN_ARG(kind));
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strstr(forms[i].kinds, word) != NULL)
            return &forms[i];
    return NULL;
}

/* Whatever `text` holds, it stays inside its line and its comment: no control
 * character, no mark that ends a comment or seems to begin another, and at the
 * end no backslash, behind which Make would go on with the comment. */
static void add_text(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i], before = out->len > 0 ? out->ptr[out->len - 1] : ' ';

        if ((before == '*' && c == '/') || (before == '/' && c == '*'))
            buf_addc(out, ' ');
        if ((unsigned char)c < ' ' || c == 0x7f || (c == '\\' && i + 1 == text.len))
            c = '?';
        buf_addc(out, c);
    }
}

struct span banner_make(struct arena *arena, struct span text, struct span chapter,
                        struct span path, struct span language)
{
    const struct form *form = text.len > 0 ? form_of(path, language) : NULL;
    struct buf out = {0};

    if (form == NULL)
        return span_of("");
    buf_addf(&out, "%sWritten by heddle tangle from ", form->open);
    add_text(&out, chapter);
    buf_addf(&out, ": edit it there.\n%s", form->next);
    add_text(&out, text);
    buf_addf(&out, "%s\n", form->close);
    return buf_take(&out, arena);
}
