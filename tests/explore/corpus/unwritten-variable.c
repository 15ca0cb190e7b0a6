/*
 * A variable of the thread's that is printed and was never set.
 *
 * can: exit 0 | 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, it prints whatever was there
 * toy: no, it does not look for that
 */
#include <pthread.h>
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wuninitialized"

static void *print(void *argument)
{
    int n;

    printf("%d\n", n);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, print, NULL);
    pthread_join(thread, NULL);
    return 0;
}
