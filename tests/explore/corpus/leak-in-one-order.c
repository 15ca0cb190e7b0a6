/*
 * Who comes second overwrites the only pointer to what the first has made, unless they
 * see each other: then one block is lost, in one of the orders.
 *
 * can: misuse |
 * can: exit 0 |
 * says: loses a block of 8 bytes, to which nothing points
 * explore: leaks
 * native: no, it ends well
 * toy: no, it looks for no leaks
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic(void *) made;

static void *make(void *argument)
{
    if (atomic_load(&made) == NULL)
        atomic_store(&made, malloc(8));
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
