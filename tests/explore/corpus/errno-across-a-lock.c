/*
 * POSIX.1-2017, errno: each thread has its own, and a call that does not set it leaves
 * it alone. That a thread waits for its turn is no call of the program's.
 *
 * can: exit 0 | 7 and 7\n
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int turns;

static int count(void)
{
    errno = 7;
    pthread_mutex_lock(&lock);
    turns++;
    pthread_mutex_unlock(&lock);
    return errno;
}

static void *work(void *found)
{
    *(int *)found = count();
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int other = 0, own;

    pthread_create(&thread, NULL, work, &other);
    own = count();
    pthread_join(thread, NULL);
    printf("%d and %d\n", own, other);
}
