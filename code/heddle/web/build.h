/*
 * Blocks become chunks: building the web.
 */
#ifndef HEDDLE_WEB_BUILD_H
#define HEDDLE_WEB_BUILD_H

#include "heddle/web/web.h"

/* Build the web of web->chapters. Everything that would make an output wrong
 * is an error; unused chunks and chunks continued in another chapter are
 * warnings. False when there was an error: then nothing may be written. */
bool web_build(struct web *web, struct diags *diags);

#endif
