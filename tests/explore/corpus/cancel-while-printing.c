/*
 * Where a thread prints to a stream it may be cancelled (POSIX, 2.9.5.2): whether it
 * is depends on what the buffer holds, and where that goes. So nothing is proven.
 *
 * can: exit 0 | one\ntwo\n
 * says: prints when it is to be cancelled, and may end there
 * status: 3
 * native: no, its delays are cancelled as well
 * toy: no, it has no pthread_cancel
 */
#include <pthread.h>
#include <stdio.h>

static void *run(void *argument)
{
    puts("one");
    puts("two");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, run, NULL);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    return 0;
}
