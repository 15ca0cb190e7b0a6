/*
 * The owner tries once more and is told that the mutex is busy. The other thread
 * may have had it before all of that, and the try alone would not tell: it can
 * come neither before nor behind another's lock, only with the first.
 *
 * can: exit 0 | ownerother
 * can: exit 0 | otherowner
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *owner(void *arg)
{
    pthread_mutex_lock(&mutex);
    fputs("owner", stdout);
    pthread_mutex_trylock(&mutex);
    pthread_mutex_unlock(&mutex);
    return arg;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, owner, NULL);
    pthread_mutex_lock(&mutex);
    fputs("other", stdout);
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
    return 0;
}
