/*
 * What a web of chunks must satisfy as a whole: every name defined, no chunk
 * inside itself, no file beyond what a machine bears, nothing unused.
 *
 * Called by web_build() once all parts and uses are known.
 */
#ifndef HEDDLE_WEB_GRAPH_H
#define HEDDLE_WEB_GRAPH_H

#include "heddle/web/web.h"

enum { GRAPH_MOST_MIB = 256 }; /* of all tangled files of a book together */

/* Point every use at its chunk and every chunk at its users. */
void graph_resolve(struct web *web, struct diags *diags);

/* #line cannot stand inside a macro (C17 6.10.3), so in C neither can a
 * reference, nor the end of a chunk. */
void graph_check_macros(struct web *web, struct diags *diags);

/* Find cycles, compute costs; false when there is a cycle or too much text. */
bool graph_measure(struct web *web, struct diags *diags);

/* Warn of unused chunks and of chunks that go on in another chapter. */
void graph_warn(struct web *web, struct diags *diags);

#endif
