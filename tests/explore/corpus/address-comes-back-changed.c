/*
 * The ABA problem under a lock, without any use of what was freed: main takes the new
 * top for the old one.
 *
 * can: exit 0 | as it was\n
 * can: exit 0 | changed\n
 * says: depends on where things lie in memory
 * status: 3
 * native: no, there it may be changed unseen
 * toy: no, it has a heap of its own
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int *top, changes;

static void *replace(void *argument)
{
    pthread_mutex_lock(&mutex);
    free(top);
    top = malloc(sizeof *top);
    changes++;
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    pthread_t thread;
    uintptr_t seen;
    int before;

    top = malloc(sizeof *top);
    pthread_create(&thread, NULL, replace, NULL);
    pthread_mutex_lock(&mutex);
    seen = (uintptr_t)top;
    before = changes;
    pthread_mutex_unlock(&mutex);
    pthread_mutex_lock(&mutex);
    puts((uintptr_t)top != seen ? "changed" : changes != before ? "unseen" : "as it was");
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
    free(top);
    return 0;
}
