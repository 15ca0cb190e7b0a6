/*
 * The lock is in the block that the other thread frees. It frees only after it
 * has had the lock itself, but not after everybody had it.
 *
 * can: exit 0 |
 * can: misuse |
 * says: uses memory that was freed
 * races: memory
 * native: no, what it uses is anything
 */
#include <pthread.h>
#include <stdlib.h>

struct shared {
    pthread_mutex_t lock;
};

static void *use(void *argument)
{
    struct shared *shared = argument;

    pthread_mutex_lock(&shared->lock);
    pthread_mutex_unlock(&shared->lock);
    return NULL;
}

int main(void)
{
    struct shared *shared = malloc(sizeof *shared);
    pthread_t thread;

    pthread_mutex_init(&shared->lock, NULL);
    pthread_create(&thread, NULL, use, shared);
    pthread_mutex_lock(&shared->lock);
    pthread_mutex_unlock(&shared->lock);
    free(shared);
    pthread_join(thread, NULL);
    return 0;
}
