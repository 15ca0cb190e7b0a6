/*
 * Undefined (pthread_join(3p)); glibc tells.
 *
 * can: misuse |
 * says: joins itself
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    return pthread_join(pthread_self(), NULL);
}
