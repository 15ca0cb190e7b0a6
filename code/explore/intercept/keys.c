#include "explore/intercept/given.h"
#include "explore/intercept/keys.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

#include "explore/intercept/visit.h"
#include "explore/run/scheduler.h"

enum { KEYS = 128, ROUNDS = 4 }; /* POSIX: PTHREAD_DESTRUCTOR_ITERATIONS */

static struct {
    bool used;
    unsigned made; /* how often */
    void (*destroy)(void *);
} keys[KEYS + 1] __asm__("pthread_key.state"); /* the last stands for the free numbers */

/* Of the key that was made then: one that is made later begins with NULL in all threads. */
static _Thread_local struct {
    const void *value;
    unsigned made;
} values[KEYS];

static bool is_seen(void)
{
    return me != NULL && me->inside == 0;
}

/* Who ends looks at each key that has a value of his, and a destructor: another may
 * delete it meanwhile. Which number is free depends on all keys. */
static void touch(const void *at, uint32_t size, enum touch_mode mode, uintptr_t place)
{
    if (is_seen())
        step_simple(OP_FILE, at, size, mode, place);
}

/* POSIX: to use a key behind pthread_key_delete() is undefined. */
static void note(pthread_key_t key, bool deletes, uintptr_t place)
{
    struct visit visit;

    visit_begin(&visit, place);
    if (key < KEYS && deletes)
        visit_writes(&visit, &keys[key], 1);
    else if (key < KEYS)
        visit_reads(&visit, &keys[key], 1);
    visit_enter(&visit);
    visit_leave(&visit);
    visit_end(&visit);
}

int key_create(pthread_key_t *key, void (*destroy)(void *), uintptr_t place)
{
    touch(&keys[KEYS], 1, TOUCH_CHANGE, place);
    for (unsigned i = 0; i < KEYS; i++)
        if (!keys[i].used) {
            keys[i].used = true;
            keys[i].made++;
            keys[i].destroy = destroy;
            given_writes(key, place);
            *key = i;
            return 0;
        }
    if (me != NULL)
        run_refuse(place, "makes more than %d keys", KEYS);
    return EAGAIN;
}

int pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    return key_create(key, destroy, HERE);
}

int pthread_key_delete(pthread_key_t key)
{
    touch(keys, sizeof keys, TOUCH_CHANGE, HERE);
    note(key, true, HERE);
    if (key >= KEYS || !keys[key].used)
        return EINVAL;
    keys[key].used = false;
    return 0;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
    note(key, false, HERE);
    if (key >= KEYS || !keys[key].used)
        return EINVAL;
    values[key].value = value;
    values[key].made = keys[key].made;
    return 0;
}

static const void *value_of(pthread_key_t key)
{
    return key < KEYS && values[key].made == keys[key].made ? values[key].value : NULL;
}

void *pthread_getspecific(pthread_key_t key)
{
    union {
        const void *in;
        void *out;
    } value = {.in = value_of(key)};

    note(key, false, HERE);
    return value.out;
}

static bool destroy(unsigned key)
{
    union {
        const void *in;
        void *out;
    } value = {.in = value_of(key)};

    if (value.in == NULL)
        return false;
    touch(&keys[key], 1, TOUCH_LOOK, 0);
    values[key].value = NULL;
    if (!keys[key].used || keys[key].destroy == NULL)
        return false;
    keys[key].destroy(value.out);
    return true;
}

/*
 * Keys that have a value and were not `done`. POSIX does not say which of several
 * destructors is called first, nor do all libraries keep the values that have none: glibc
 * takes each away in its turn. Between two destructors that is not seen, so there it is
 * done by the numbers, those below `from` later.
 */
struct round {
    bool done[KEYS];
    unsigned list[KEYS], count, from;
};

static bool has_destructor(unsigned key)
{
    return keys[key].used && keys[key].destroy != NULL;
}

static void list_left(struct round *round)
{
    round->count = 0;
    for (unsigned i = 0; i < KEYS; i++)
        if (!round->done[i] && value_of(i) != NULL)
            round->list[round->count++] = i;
}

/* Those that may be next; just one when there is nobody left to see it. */
static void list_next(struct round *round)
{
    unsigned count = 0;
    bool sees = false;

    for (unsigned i = 0; i < round->count; i++) {
        sees = sees || has_destructor(round->list[i]);
        if (has_destructor(round->list[i]) || round->list[i] >= round->from)
            round->list[count++] = round->list[i];
    }
    round->count = sees ? count : 1;
}

static bool destroy_next(struct round *round)
{
    unsigned n = 0, key;
    bool called;

    if (round->count > 1 && is_seen()) {
        touch(keys, sizeof keys, TOUCH_LOOK, 0);
        list_next(round);
        n = round->count > 1 ? step_choose(round->count) : 0;
    }
    key = round->list[n];
    round->done[key] = true;
    called = destroy(key);
    round->from = called ? 0 : key + 1;
    return called;
}

static bool destroy_once(void)
{
    struct round round = {.count = 0};
    bool any = false;

    for (list_left(&round); round.count > 0; list_left(&round))
        any = destroy_next(&round) || any;
    return any;
}

void keys_destroy_values(void)
{
    for (int round = 0; round < ROUNDS && destroy_once(); round++)
        ;
}
