#include "explore/run/keys.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

#include "explore/run/scheduler.h"

enum { KEYS = 128, ROUNDS = 4 }; /* POSIX: PTHREAD_DESTRUCTOR_ITERATIONS */

static struct {
    bool used;
    void (*destroy)(void *);
} keys[KEYS];

static _Thread_local const void *values[KEYS];

int pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    for (unsigned i = 0; i < KEYS; i++)
        if (!keys[i].used) {
            keys[i].used = true;
            keys[i].destroy = destroy;
            *key = i;
            return 0;
        }
    return EAGAIN;
}

int pthread_key_delete(pthread_key_t key)
{
    if (key >= KEYS || !keys[key].used)
        return EINVAL;
    keys[key].used = false;
    return 0;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
    if (key >= KEYS || !keys[key].used)
        return EINVAL;
    values[key] = value;
    return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
    union {
        const void *in;
        void *out;
    } value = {.in = key < KEYS ? values[key] : NULL};

    return value.out;
}

static bool destroy_once(void)
{
    bool any = false;

    for (unsigned i = 0; i < KEYS; i++) {
        void *value = pthread_getspecific(i);

        values[i] = NULL;
        if (value != NULL && keys[i].used && keys[i].destroy != NULL) {
            keys[i].destroy(value);
            any = true;
        }
    }
    return any;
}

void keys_destroy_values(void)
{
    for (int round = 0; round < ROUNDS && destroy_once(); round++)
        ;
}
