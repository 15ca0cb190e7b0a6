/*
 * prctl(2) does many things to a process; but for a thread's name, none is modelled.
 *
 * says: calls prctl(3)
 * status: 2
 * native: no, it is refused
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>

static void *work(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    printf("%d\n", prctl(PR_GET_DUMPABLE));
    pthread_join(thread, NULL);
    return 0;
}
