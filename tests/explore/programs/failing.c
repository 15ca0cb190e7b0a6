/* Calls that may fail, each looked at: two blocks, a thread. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *say(void *arg)
{
    puts("a thread");
    return arg;
}

int main(void)
{
    char *one = malloc(10), *two = calloc(1, 10);
    pthread_t thread;

    puts(one == NULL ? "no one" : two == NULL ? "no two" : "both");
    if (pthread_create(&thread, NULL, say, NULL) == 0)
        pthread_join(thread, NULL);
    else
        puts("no thread");
    free(one);
    free(two);
    return 0;
}
