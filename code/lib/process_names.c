/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* getpwnam_r, getgrnam_r */

#include "lib/process.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>

/* As getpwnam_r: 0 with *found, 0 without it, or an errno value. */
typedef int lookup(const char *name, char *room, size_t size, bool *found,
                   unsigned long *id);

/* Ask again with twice the room, until the record fits. */
static int look_up(lookup *ask, const char *name, unsigned long *id)
{
    bool found = false;
    int err = ERANGE;

    for (size_t size = 1024; err == ERANGE || err == EINTR; size *= 2) {
        char *room = malloc(size);

        if (room == NULL)
            return ENOMEM;
        err = ask(name, room, size, &found, id);
        free(room);
    }
    return err == 0 && !found ? ENOENT : err;
}

static int ask_user(const char *name, char *room, size_t size, bool *found,
                    unsigned long *id)
{
    struct passwd record, *answer = NULL;
    int err = getpwnam_r(name, &record, room, size, &answer);

    *found = answer != NULL;
    if (*found)
        *id = record.pw_uid;
    return err == ESRCH ? ENOENT : err;
}

int process_find_user(const char *name, uid_t *id)
{
    unsigned long number = 0;
    int cancel_state, err;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = look_up(ask_user, name, &number);
    pthread_setcancelstate(cancel_state, NULL);
    if (err == 0)
        *id = (uid_t)number;
    return err;
}

static int ask_group(const char *name, char *room, size_t size, bool *found,
                     unsigned long *id)
{
    struct group record, *answer = NULL;
    int err = getgrnam_r(name, &record, room, size, &answer);

    *found = answer != NULL;
    if (*found)
        *id = record.gr_gid;
    return err == ESRCH ? ENOENT : err;
}

int process_find_group(const char *name, gid_t *id)
{
    unsigned long number = 0;
    int cancel_state, err;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = look_up(ask_group, name, &number);
    pthread_setcancelstate(cancel_state, NULL);
    if (err == 0)
        *id = (gid_t)number;
    return err;
}
