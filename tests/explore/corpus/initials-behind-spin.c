/*
 * One reads x and waits until it is set; one reads x, takes a lock that nobody
 * else wants and prints; one sets x. What the second reads says nothing of what
 * the first has read, nor of who prints first. When the two reads come first, the
 * write has to be tried before each of them: a thread that only follows there
 * must not be taken for one that could begin.
 *
 * can: exit 0 | a0\nb0\n
 * can: exit 0 | a0\nb1\n
 * can: exit 0 | a1\nb0\n
 * can: exit 0 | a1\nb1\n
 * can: exit 0 | b0\na0\n
 * can: exit 0 | b0\na1\n
 * can: exit 0 | b1\na0\n
 * can: exit 0 | b1\na1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int x;

static void *read_and_wait(void *argument)
{
    int first = atomic_load(&x);

    while (atomic_load(&x) == 0)
        ;
    printf("a%d\n", first);
    return argument;
}

static void *read_and_lock(void *argument)
{
    int first = atomic_load(&x);

    if (pthread_mutex_trylock(&lock) == 0)
        pthread_mutex_unlock(&lock);
    printf("b%d\n", first);
    return argument;
}

static void *set(void *argument)
{
    atomic_store(&x, 1);
    return argument;
}

int main(void)
{
    void *(*const routines[])(void *) = {read_and_wait, read_and_lock, set};
    pthread_t threads[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, routines[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
