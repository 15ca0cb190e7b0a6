/*
 * A block is filled, then handed over under a lock: no race, no leak of order.
 *
 * can: exit 0 | 7\n
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int *box;

static void *fill(void *argument)
{
    int *mine = malloc(sizeof *mine);

    *mine = 7;
    pthread_mutex_lock(&lock);
    box = mine;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *empty(void *argument)
{
    pthread_mutex_lock(&lock);
    while (box == NULL)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    printf("%d\n", *box);
    free(box);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, fill, NULL);
    pthread_create(&b, NULL, empty, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
