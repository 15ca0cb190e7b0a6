/*
 * Zeros over a mutex that is locked: the next one who wants it would have it as well.
 *
 * can: misuse |
 * says: writes over what is locked, or waited for
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    memset(&lock, 0, sizeof lock);
    pthread_mutex_lock(&lock);
    puts("end");
    return 0;
}
