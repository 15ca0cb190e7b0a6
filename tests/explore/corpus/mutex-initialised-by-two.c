/*
 * Each thread makes sure that there is a mutex: the second to come makes one where one
 * is already. In the other orders both have looked before.
 *
 * can: misuse |
 * can: exit 0 |
 * says: initialises a lock that was not destroyed
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static pthread_mutex_t lock;
static atomic_bool made;

static void *make(void *argument)
{
    if (!made)
        pthread_mutex_init(&lock, NULL);
    made = true;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, make, NULL);
    make(NULL);
    pthread_join(thread, NULL);
    return 0;
}
