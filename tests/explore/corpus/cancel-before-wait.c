/*
 * A thread that was cancelled before it waits ends there: what acts upon the request
 * does so before the wait returns (POSIX, 2.9.5.2), so no wake-up without cause and
 * no passed limit lets it go on. Cancelled while it waits, the same; cancelled after
 * it returned, it prints.
 *
 * can: exit 0 | cancel\n
 * can: exit 0 | cancel\nwoken\n
 * can: exit 0 | woken\ncancel\n
 * says: prints when it is to be cancelled, and may end there
 * status: 3
 * native: no, the machine wakes nobody without cause
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void *wait(void *arg)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&never, &lock);
    puts("woken");
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t waiter;

    pthread_create(&waiter, NULL, wait, NULL);
    puts("cancel");
    pthread_cancel(waiter);
    pthread_join(waiter, NULL);
    return 0;
}
