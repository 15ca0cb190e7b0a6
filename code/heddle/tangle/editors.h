/*
 * What editors look for: where names are defined, and how each file of C is compiled.
 *
 * Tags lead into the chapters: a name in code/ or on a compiler's lips is found where
 * it is written.
 */
#ifndef HEDDLE_TANGLE_EDITORS_H
#define HEDDLE_TANGLE_EDITORS_H

#include "heddle/web/web.h"

/* A tags file as vi reads it (ctags(1)), sorted by name: chunks, files, functions and
 * types; or as Emacs reads it (etags(1)), chapter by chapter. */
void editors_tags(const struct web *web, struct buf *out);
void editors_emacs_tags(const struct web *web, struct buf *out);

/*
 * compile_commands.json: an entry for each file of C below code/, and for its twin
 * below build/annotated. `folder` is that of the book, an absolute path; `words` is the
 * compiler with its flags.
 */
void editors_commands(const struct web *web, const char *folder, const char *const *words,
                      size_t count, struct buf *out);

#endif
