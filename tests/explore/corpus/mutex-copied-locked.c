/*
 * A copy of a locked mutex is locked as well, and for ever: here the explorer's is not,
 * so it proves nothing. (POSIX: only the mutex itself may be used, no copy.)
 *
 * can: exit 0 | end\n
 * says: copies what is locked, or waited for
 * status: 3
 * native: no, it waits for ever
 * toy: no, its copies are not locked either
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, copy;

int main(void)
{
    pthread_mutex_lock(&lock);
    memcpy(&copy, &lock, sizeof lock);
    pthread_mutex_lock(&copy);
    puts("end");
    return 0;
}
