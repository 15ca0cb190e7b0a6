/*
 * Who gave up the thread keeps the flag: the other turns for ever, and changes
 * nothing by it.
 *
 * can: livelock |
 * says: waits in a loop that looks at taken
 * native: no, it spins
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_flag taken = ATOMIC_FLAG_INIT;

static void *take(void *argument)
{
    while (atomic_flag_test_and_set(&taken))
        ;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, take, NULL);
    pthread_create(&b, NULL, take, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("both");
    return 0;
}
