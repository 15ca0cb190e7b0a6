/*
 * The speaker's notes of a chapter.
 *
 * They stand in <aside class="notes"> ... </aside>, each tag first on its line; in
 * a talk also behind a line `Note:`, or remark's `???`, to the slide's end, and
 * between {{% note %}} and {{% /note %}} of reveal-hugo. CommonMark takes the one
 * for raw HTML and the others for text; here all are notes, and what they hold is
 * Markdown.
 */
#ifndef HEDDLE_READ_HACKMD_NOTES_H
#define HEDDLE_READ_HACKMD_NOTES_H

#include "heddle/read/hackmd_talk.h"
#include "heddle/report/diag.h"

/* Where notes begin or end. */
struct hackmd_edge {
    unsigned line;
    bool opens;
    struct span beside;   /* what stands on that line behind the opening tag or
                               before the closing one */
    struct span tag;      /* the opening tag; empty for `Note:` */
    struct span language; /* that it names, or empty */
};

struct hackmd_notes {
    struct hackmd_edge *edges; /* openings and closings, taking turns */
    size_t count;
    unsigned *breaks; /* lines that separate slides and are no rule in the masked text */
    size_t break_count;
    const char *masked; /* the text from `first` on, byte for byte but for the tags,
                                   which are blanked; NULL: there are no notes */
};

/* Find the notes from line `first` on, outside of code and comments. In the masked
 * text of a talk a separator is a rule, whatever the author wrote. */
void hackmd_find_notes(struct hackmd_notes *notes, const struct source *source, unsigned first,
                       const struct hackmd_talk *talk, struct arena *arena, struct diags *diags);

/* The length of `Note:` or `Notes:` at the start of a line, or of `???` alone on it,
 * or of the author's own; 0: there is none. */
size_t hackmd_note_mark(struct span text, struct span own);

#endif
