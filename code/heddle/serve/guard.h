/*
 * Who may ask. A request is ours when it is addressed to this machine by its own
 * name, so that a page elsewhere cannot reach us through a name that it points
 * here (DNS rebinding); when it comes from a page of ours, or from none; and when
 * it knows the key, which stands in the address itself. There is no cookie: a
 * browser sends nothing of ours on its own, so no other page can make it ask.
 *
 * The key keeps out other users of this machine, and the pages of other servers
 * on it. Whoever has the address may do what the author may: run code.
 *
 * Pure functions but for guard_open(): any thread may call them.
 */
#ifndef HEDDLE_SERVE_GUARD_H
#define HEDDLE_SERVE_GUARD_H

#include "heddle/report/diag.h"

enum { GUARD_KEY = 32 }; /* hex digits: 128 bits */

struct guard {
    char key[GUARD_KEY + 1];
    unsigned port;
};

/* The key in a file that only we can read, made when there is none that can be
 * trusted; so that an open page still knows it when the server is started again. */
bool guard_open(struct guard *guard, const char *path, struct diags *diags);

/* The header's value, NULL without one. */
bool guard_is_host(const struct guard *guard, const char *host);
bool guard_is_origin(const struct guard *guard, const char *origin);

/* The path behind the key, decoded and below the folder that it is sought in:
 * "/KEY/code/a%20b.html" is "code/a b.html". False for what has no key, leads out
 * of the folder, or is malformed. */
bool guard_path(const struct guard *guard, const char *url, struct arena *arena, struct span *path);

#endif
