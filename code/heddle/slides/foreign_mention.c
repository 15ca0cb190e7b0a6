#include "heddle/slides/foreign_mention.h"

#include "heddle/read/foreign.h"

void foreign_mention(const struct chapter *chapter, unsigned line, struct span text,
                     struct diags *diags)
{
    struct span mark = span_trim(text);
    const char *tool = chapter->is_talk ? NULL : foreign_mark(mark);

    if (tool == NULL || line_range_with(chapter->html, chapter->html_count, line) != NULL)
        return;
    diag_add(diags, DIAG_WARNING, source_place(&chapter->source, mark.ptr),
             (unsigned)span_width(mark),
             "this line is for %s, and the page shows it as it is; say it in Markdown", tool);
}
