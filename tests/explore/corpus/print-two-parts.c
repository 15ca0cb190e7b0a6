/*
 * A line in two calls can be torn by another line, and two of them by each
 * other. Of six orders of two times two calls five texts come: "aabb" is one.
 *
 * can: exit 0 | abab
 * can: exit 0 | aabb
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *argument)
{
    putchar('a');
    putchar('b');
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, say, NULL);
    pthread_create(&b, NULL, say, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
