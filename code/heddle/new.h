/*
 * A book to begin with: a folder of two short chapters that show each kind of
 * block, and a Makefile that keeps what is made of them in step.
 */
#ifndef HEDDLE_NEW_H
#define HEDDLE_NEW_H

#include "heddle/report/diag.h"

/* Write the book into the folder `path`, which is made too. A folder that holds
 * anything is refused. What went wrong is reported, and then the answer is
 * false. */
bool new_write(const char *path, struct diags *diags);

/* Commit all that the working folder holds, where there is git and the folder
 * is in no repository yet. False when git would not, for want of a name. */
bool new_commit(void);

#endif
