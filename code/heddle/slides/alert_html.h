/*
 * Quotes that are notes: GitHub's, and those of other tools that have taken them over.
 *
 *     > [!TIP]
 *     > A hint.
 */
#ifndef HEDDLE_SLIDES_ALERT_HTML_H
#define HEDDLE_SLIDES_ALERT_HTML_H

#include "heddle/base/html.h"

/* Such a quote gets the classes of a note ("admonition tip"), and its mark becomes a
 * title. What pandoc has made of one by itself becomes the same. */
void alerts_finish(struct html_node *root, struct arena *arena);

#endif
