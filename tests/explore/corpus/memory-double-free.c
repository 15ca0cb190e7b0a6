/*
 * Two threads free the same block, each with the lock. The lock orders them,
 * so it is no race; whoever comes second frees what was freed.
 *
 * can: misuse |
 * says: frees a block that was freed
 * says: "freed_at"
 * native: no, glibc may abort or not
 */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *shared;

static void *release(void *argument)
{
    pthread_mutex_lock(&lock);
    free(shared);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    shared = malloc(sizeof *shared);
    pthread_create(&a, NULL, release, NULL);
    pthread_create(&b, NULL, release, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
