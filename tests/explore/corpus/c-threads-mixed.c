/*
 * POSIX's threads and C's, with one mutex.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static int count;

static void *add_posix(void *argument)
{
    mtx_lock(&lock);
    count++;
    mtx_unlock(&lock);
    return argument;
}

static int add_c(void *argument)
{
    return add_posix(argument) != NULL;
}

int main(void)
{
    pthread_t posix;
    thrd_t c;

    mtx_init(&lock, mtx_plain);
    pthread_create(&posix, NULL, add_posix, NULL);
    thrd_create(&c, add_c, NULL);
    pthread_join(posix, NULL);
    thrd_join(c, NULL);
    printf("%d\n", count);
    return 0;
}
