/*
 * A mark is memory: two threads that set one race for it.
 *
 * can: exit 0 |
 * races: mark
 * says: races over 68 bytes at once
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <setjmp.h>

static jmp_buf mark;

static void *set(void *argument)
{
    return setjmp(mark) == 0 ? argument : NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    set(NULL);
    pthread_join(thread, NULL);
    return 0;
}
