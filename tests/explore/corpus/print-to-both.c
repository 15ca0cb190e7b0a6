/*
 * Two streams are two texts: which came first cannot be seen; that is one outcome.
 *
 * can: exit 0 | out\n
 */
#include <pthread.h>
#include <stdio.h>

static void *to_out(void *argument)
{
    fputs("out\n", stdout);
    return argument;
}

static void *to_err(void *argument)
{
    fputs("err\n", stderr);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, to_out, NULL);
    pthread_create(&b, NULL, to_err, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
