/*
 * A reader waits while a writer wants in; the counts are kept with one lock. The
 * reader sees nothing, or all of both changes of the writer.
 *
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 1\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int writers, readers, x, y;

static void *change(void *argument)
{
    pthread_mutex_lock(&lock);
    writers++;
    while (readers > 0)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    x = 1;
    y = 1;
    pthread_mutex_lock(&lock);
    writers--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *look(void *argument)
{
    pthread_mutex_lock(&lock);
    while (writers > 0)
        pthread_cond_wait(&changed, &lock);
    readers++;
    pthread_mutex_unlock(&lock);
    printf("%d %d\n", x, y);
    pthread_mutex_lock(&lock);
    readers--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, change, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
