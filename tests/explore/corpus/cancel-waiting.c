/*
 * A thread that waits for ever is cancelled; its handlers run in the reverse
 * order, and joining it says so.
 *
 * can: exit 0 | b a cancelled\n
 * native: no, the delays of native.c are cancellation points
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t never;

static void say(void *word)
{
    printf("%s ", (const char *)word);
}

static void *wait_for_ever(void *argument)
{
    static char a[] = "a", b[] = "b";

    pthread_cleanup_push(say, a);
    pthread_cleanup_push(say, b);
    sem_wait(&never);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return argument;
}

int main(void)
{
    pthread_t thread;
    void *result;

    sem_init(&never, 0, 0);
    pthread_create(&thread, NULL, wait_for_ever, NULL);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    puts(result == PTHREAD_CANCELED ? "cancelled" : "ended");
    return 0;
}
