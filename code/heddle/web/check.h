/*
 * What a careful book does not have.
 */
#ifndef HEDDLE_WEB_CHECK_H
#define HEDDLE_WEB_CHECK_H

#include "heddle/web/web.h"

/* Report what no chapter of a careful book holds: C that nothing compiles,
 * output that nothing prints, programs whose output nothing shows. */
void web_check(const struct web *web, struct diags *diags);

#endif
