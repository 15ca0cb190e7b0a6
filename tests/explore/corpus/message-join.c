/*
 * What a thread is given before it begins, and what it leaves when it ends, are in
 * order: no race, and one outcome.
 *
 * can: exit 0 | 42\n
 */
#include <pthread.h>
#include <stdio.h>

static int question, answer;

static void *work(void *argument)
{
    answer = 2 * question;
    return argument;
}

int main(void)
{
    pthread_t thread;

    question = 21;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", answer);
    return 0;
}
