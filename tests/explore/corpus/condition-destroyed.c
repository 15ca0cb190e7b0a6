/*
 * Signalled after its end.
 *
 * can: misuse |
 * says: uses a condition variable that was destroyed
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

int main(void)
{
    pthread_cond_destroy(&condition);
    pthread_cond_signal(&condition);
    return 0;
}
