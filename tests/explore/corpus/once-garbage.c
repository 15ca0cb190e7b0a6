/*
 * What is done once needs PTHREAD_ONCE_INIT.
 *
 * can: misuse |
 * says: uses a pthread_once_t that was not initialised
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static void nothing(void)
{
}

int main(void)
{
    pthread_once_t once = 0x5a5a5a5a;

    pthread_once(&once, nothing);
    return 0;
}
