#include "heddle/pages/formula.h"

#include <stdlib.h>

#include "heddle/base/array.h"
#include "heddle/slides/tex_formula.h"

/* What is kept of them stands apart from the chapter's own. */
#define FORMULA_READER "markdown+tex_math_dollars"

struct formula {
    struct html_node *node;
    struct span text;
};

struct formulas {
    struct formula *list;
    size_t count, cap;
    const struct tex_colour *colours;
    struct arena *arena;
};

/* Empty: it only said what is to be had (\require), or what a colour is. */
static void add_formula(struct formulas *formulas, struct html_node *node)
{
    const char *dollars = html_has_class(node, "display") ? "$$" : "$";
    struct buf text = {0}, out = {0};

    if (tex_formula_mend(tex_refused_text(node, formulas->arena), &formulas->colours,
                         formulas->arena, &text)) {
        if (span_trim(buf_span(&text)).len > 0)
            buf_addf(&out, "%s%.*s%s", dollars, SPAN_ARG(span_trim(buf_span(&text))), dollars);
        *ARRAY_PUSH(formulas->list, formulas->count, formulas->cap) =
            (struct formula){node, buf_take(&out, formulas->arena)};
    }
    buf_free(&text);
    buf_free(&out);
}

static void find(struct formulas *formulas, struct html_node *parent, unsigned depth)
{
    for (struct html_node *node = parent->first; node != NULL; node = node->next)
        if (tex_is_refused(node))
            add_formula(formulas, node);
        else if (node->kind == HTML_ELEMENT && depth < HTML_DEEPEST)
            find(formulas, node, depth + 1);
}

static struct html_node *find_math(struct html_node *parent)
{
    struct html_node *found = html_is(parent, "math") ? parent : NULL;

    for (struct html_node *node = parent->first; node != NULL && found == NULL; node = node->next)
        found = find_math(node);
    return found;
}

static void put(const struct formula *formula, struct html_node *tree, struct arena *arena)
{
    struct html_node *math = find_math(tree);

    if (math == NULL && formula->text.len > 0)
        return;
    if (math != NULL) {
        html_remove(math);
        tex_formula_colour(math, formula->node->first->markup, arena);
        html_insert(formula->node->parent, math, formula->node);
    }
    html_remove(formula->node);
}

void formulas_mend(struct html_node *root, const struct pandoc *pandoc, struct arena *arena,
                   struct diags *diags)
{
    struct pandoc again = *pandoc;
    struct formulas formulas = {.arena = arena};
    struct html_node **trees;
    struct span *texts;

    find(&formulas, root, 0);
    texts = arena_array(arena, formulas.count, sizeof *texts);
    trees = arena_array(arena, formulas.count, sizeof *trees);
    for (size_t i = 0; i < formulas.count; i++)
        texts[i] = formulas.list[i].text;
    again.reader = FORMULA_READER;
    if (formulas.count > 0 && pandoc_read(&again, texts, formulas.count, trees, arena, diags))
        for (size_t i = 0; i < formulas.count; i++)
            put(&formulas.list[i], trees[i], arena);
    free(formulas.list);
}
