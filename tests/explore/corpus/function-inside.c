/*
 * gcc lets a function stand inside another and use its variables, and tells
 * nobody when either does. So nothing is proven, though the list is short.
 *
 * can: exit 0 | 2\n
 * says: has the function count inside another
 * status: 3
 * compiler: gcc
 * native: no, a count may be lost
 * toy: no, it knows of no hidden access
 */
#include <pthread.h>
#include <stdio.h>

#ifdef __clang__
int main(void)
{
    return 0;
}
#else
int main(void)
{
    pthread_t thread;
    int n = 0;
    __extension__ void *count(void *argument)
    {
        n++;
        return argument;
    }

    pthread_create(&thread, NULL, count, NULL);
    n++;
    pthread_join(thread, NULL);
    printf("%d\n", n);
    return 0;
}
#endif
