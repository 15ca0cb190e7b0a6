#include "heddle/web/defaults.h"

#include "heddle/read/front_matter.h"
#include "heddle/web/title.h"

/* What a chapter's line says, or the book's where it has none. */
static struct span said(const struct web *web, const struct chapter *chapter)
{
    struct span own = front_matter_value(chapter->front_matter, "c");

    return own.len > 0 ? own : web_front_value(web, "book-c");
}

/* The words as those of a block; none where there are none. */
static struct attrs words_of(struct web *web, const struct chapter *chapter, struct span text)
{
    struct diags ignored = {0};
    struct attrs attrs = {0};
    struct buf info = {0};

    if (text.len > 0 && text.ptr[0] == '{')
        buf_addf(&info, "c %.*s", SPAN_ARG(text));
    else
        buf_addf(&info, "c {%.*s}", SPAN_ARG(text));
    if (!attr_parse(&attrs, &web->arena, &chapter->source, buf_take(&info, &web->arena), &ignored))
        attrs = (struct attrs){0};
    diag_free(&ignored);
    return attrs;
}

static bool is_class_of_ours(const struct attr *attr)
{
    return attr->kind == ATTR_CLASS &&
           (span_is(attr->value, "fragment") || span_is(attr->value, "no-tangle"));
}

static bool is_default(const struct attr *attr)
{
    return is_class_of_ours(attr) ||
           (attr->kind == ATTR_KEY && (span_is(attr->key, "std") || span_is(attr->key, "link") ||
                                       span_is(attr->key, "cflags")));
}

static void check_words(struct web *web, const struct chapter *chapter, const char *key,
                        struct diags *diags)
{
    struct span text = front_matter_value(chapter->front_matter, key);
    struct attrs attrs = words_of(web, chapter, text);
    bool good = attrs.count > 0 || text.len == 0;

    for (size_t i = 0; i < attrs.count; i++)
        good = good && is_default(&attrs.list[i]);
    if (!good)
        diag_error_at(diags, &chapter->source, text,
                      "what C is by default is .fragment or .no-tangle, std=c11, link=\"m\" and "
                      "cflags=\"...\", as in a block's braces");
}

/* Does it say itself what shall become of it? */
static bool has_said(const struct attrs *attrs)
{
    static const char *const classes[] = {"fragment", "no-tangle", "compile-fail",
                                          "program",  "answer",    "hole"};

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (attr_has_class(attrs, classes[i]))
            return true;
    return attrs->id.len > 0 || attr_get(attrs, "file") != NULL || attr_get(attrs, "of") != NULL;
}

static struct span value_of(const struct attrs *words, const char *key, struct arena *arena)
{
    const struct attr *attr = attr_get(words, key);

    return attr != NULL ? attr_text(attr, arena) : span_of("");
}

/* "-std=c11 -DX": cflags= of its own replaces the words, and not the standard. */
static struct span flags_of(struct web *web, const struct attrs *words, struct span own)
{
    struct span standard = value_of(words, "std", &web->arena);
    struct buf flags = {0};

    if (standard.len > 0)
        buf_addf(&flags, "-std=%.*s ", SPAN_ARG(standard));
    buf_add(&flags, own.len > 0 ? own : value_of(words, "cflags", &web->arena));
    return span_trim(buf_take(&flags, &web->arena));
}

static void mark_block(struct web *web, struct block *block, const struct attrs *words)
{
    struct attr cflags = {.kind = ATTR_KEY, .key = span_of("cflags")};

    if (block->kind != BLOCK_CODE || !block->fenced || !attr_is_c_language(block->attrs.language))
        return;
    for (size_t i = 0; i < words->count && !has_said(&block->attrs); i++)
        if (is_class_of_ours(&words->list[i]))
            attr_add(&block->attrs, &web->arena, words->list[i]);
    cflags.value = flags_of(web, words, span_of(""));
    if (cflags.value.len > 0 && attr_get(&block->attrs, "cflags") == NULL &&
        (attr_has_class(&block->attrs, "fragment") ||
         attr_has_class(&block->attrs, "compile-fail")))
        attr_add(&block->attrs, &web->arena, cflags);
}

void defaults_mark(struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->chapter_count; i++) {
        struct chapter *chapter = &web->chapters[i];
        struct span text = said(web, chapter);
        struct attrs words = words_of(web, chapter, text);

        check_words(web, chapter, "c", diags);
        check_words(web, chapter, "book-c", diags);
        for (size_t j = 0; j < chapter->block_count && text.len > 0; j++)
            mark_block(web, &chapter->blocks[j], &words);
    }
}

static void complete(struct web *web, struct target *target)
{
    struct attrs words = words_of(web, target->part->chapter, said(web, target->part->chapter));

    if (target->link.len == 0)
        target->link = value_of(&words, "link", &web->arena);
    if (!target_is_plus_plus(target))
        target->cflags = flags_of(web, &words, target->cflags);
}

void defaults_complete(struct web *web)
{
    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->program && web->targets[i]->c &&
            said(web, web->targets[i]->part->chapter).len > 0)
            complete(web, web->targets[i]);
}
