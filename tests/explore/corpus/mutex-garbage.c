/*
 * A mutex that nobody has initialised.
 *
 * can: misuse |
 * says: uses a mutex that was not initialised
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    union {
        unsigned char bytes[sizeof(pthread_mutex_t)];
        pthread_mutex_t mutex;
    } garbage;

    for (size_t i = 0; i < sizeof garbage; i++)
        garbage.bytes[i] = 0x5a;
    pthread_mutex_lock(&garbage.mutex);
    return 0;
}
