/*
 * Who finds the lock free locks it twice and waits for ever; who finds it taken says
 * so, before or after the other's word. The run in which it is free and the word not
 * yet said is cut, as its end is known; but the one who waits for the lock in it could
 * have come first, and that is known from nowhere else.
 *
 * can: deadlock | a\n
 * can: exit 0 | a\nb\n
 * can: exit 0 | b\na\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *say(void *arg)
{
    puts("a");
    return arg;
}

static void *look(void *arg)
{
    if (pthread_mutex_trylock(&lock) == 0)
        pthread_mutex_lock(&lock);
    puts("b");
    return arg;
}

static void *keep(void *arg)
{
    pthread_mutex_lock(&lock);
    return arg;
}

int main(void)
{
    pthread_t threads[3];

    pthread_create(&threads[0], NULL, say, NULL);
    pthread_create(&threads[1], NULL, look, NULL);
    pthread_create(&threads[2], NULL, keep, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
