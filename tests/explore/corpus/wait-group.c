/*
 * A count of who works, and one who waits for none: it sees what all have done.
 *
 * can: exit 0 | 1 1\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t none = PTHREAD_COND_INITIALIZER;
static int working = 2, results[2];

static void *work(void *result)
{
    *(int *)result = 1;
    pthread_mutex_lock(&lock);
    if (--working == 0)
        pthread_cond_signal(&none);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, work, &results[0]);
    pthread_create(&b, NULL, work, &results[1]);
    pthread_mutex_lock(&lock);
    while (working > 0)
        pthread_cond_wait(&none, &lock);
    pthread_mutex_unlock(&lock);
    printf("%d %d\n", results[0], results[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
