/*
 * Two increments of a plain variable, where clang was asked to leave the hooks out;
 * gcc puts them in nevertheless.
 *
 * can: exit 0 | 2\n
 * says: has the function count, which clang tells nobody
 * status: 3
 * compiler: clang
 * native: no, a count may be lost
 * toy: no, it is gcc's
 */
#include <pthread.h>
#include <stdio.h>

static int n;

__attribute__((no_sanitize("thread"))) static void *count(void *argument)
{
    n++;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, count, NULL);
    count(NULL);
    pthread_join(thread, NULL);
    printf("%d\n", n);
    return 0;
}
