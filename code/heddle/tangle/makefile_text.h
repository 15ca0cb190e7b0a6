/*
 * What stands in every build/book.mk, whatever the chapters hold: makefile.c says in
 * which order, and writes between them what a book's own files are made from. Here and
 * not in a file of its own, as a heddle that is copied alone writes it too.
 */
#ifndef HEDDLE_TANGLE_MAKEFILE_TEXT_H
#define HEDDLE_TANGLE_MAKEFILE_TEXT_H

extern const char makefile_head[];            /* what may be set, and the explorer's place */
extern const char makefile_explain_link[];    /* what may help where a program is not linked */
extern const char makefile_explain_compile[]; /* ... or a file not compiled */
extern const char makefile_rules[];           /* flags, units, the library, programs */
extern const char makefile_linked[];          /* when a program is linked again */
extern const char makefile_alone[];           /* how it keeps itself in step */
extern const char makefile_explored[];        /* the programs as they are explored */
extern const char makefile_loose[];           /* behind all that: one of no book */

#endif
