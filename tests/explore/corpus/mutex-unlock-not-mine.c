/*
 * A lock is given back by who took it: the main thread has it, and the other
 * unlocks it.
 *
 * can: misuse |
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *give_back(void *argument)
{
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, give_back, NULL);
    pthread_join(thread, NULL);
    puts("joined");
    return 0;
}
