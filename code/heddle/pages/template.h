/*
 * Pages from templates: {{name}} stands for a value, {{style F}}, {{script F}},
 * {{woff2 F}} and {{gzip F}} for a file that becomes part of the page, so that
 * it needs nothing else. Of styles and scripts, indents stay behind, and comments
 * that have lines to themselves.
 */
#ifndef HEDDLE_PAGES_TEMPLATE_H
#define HEDDLE_PAGES_TEMPLATE_H

#include "heddle/disk/file.h"

struct template_value {
    const char *name;
    struct span text; /* HTML */
};

struct template
{
    const char *deck_dir, *modules_dir; /* where files are looked for, in this order */
    const char *cache_dir;              /* keeps what was packed */
    struct arena *arena;
    struct diags *diags;
};

/* Append a text as a <script> of packed bytes with this id, which page.js unpacks. */
void template_pack(const struct template *template, const char *id, struct span text,
                   struct buf *out);

/* Append `template_name`, filled in. What cannot be is reported. */
void template_fill(const struct template *template, const char *template_name,
                   const struct template_value *values, size_t value_count, struct buf *out);

#endif
