/*
 * What a book says about itself.
 */
#ifndef HEDDLE_WEB_TITLE_H
#define HEDDLE_WEB_TITLE_H

#include "heddle/web/web.h"

/* What the first front matter with a line `key: ...` says, without quotes, or
 * empty. Points into the web. */
struct span web_front_value(const struct web *web, const char *key);

/* The front matter's title; otherwise the first heading; otherwise empty. */
struct span web_title(const struct web *web);

#endif
