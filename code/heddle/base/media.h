/* What a file is, by the end of its name. */
#ifndef HEDDLE_BASE_MEDIA_H
#define HEDDLE_BASE_MEDIA_H

#include "heddle/base/text.h"

/* "image/png" for "a.png" and "A.PNG"; NULL: the end says nothing. */
const char *media_type(struct span path);

#endif
