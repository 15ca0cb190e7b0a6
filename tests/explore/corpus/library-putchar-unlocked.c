/*
 * Letters of two threads mix in every way, as there is no lock; and the two race
 * for the stream.
 *
 * can: exit 0 | abab
 * can: exit 0 | aabb
 * races: memory
 * native: no, libc may lose a letter
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static void *print(void *argument)
{
    putchar_unlocked('a');
    putchar_unlocked('b');
    return argument;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, print, NULL);
    pthread_create(&two, NULL, print, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
