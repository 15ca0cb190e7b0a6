/*
 * A condition variable that nobody has initialised.
 *
 * can: misuse |
 * says: uses a condition variable that was not initialised
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    union {
        unsigned char bytes[sizeof(pthread_cond_t)];
        pthread_cond_t condition;
    } garbage;

    for (size_t i = 0; i < sizeof garbage; i++)
        garbage.bytes[i] = 0x5a;
    pthread_cond_signal(&garbage.condition);
    return 0;
}
