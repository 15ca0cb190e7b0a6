/* Calls that may fail, each looked at: two blocks, a thread. With an argument
 * two threads want a block each, and say what they have in a common one. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *say(void *arg)
{
    puts("a thread");
    return arg;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *want(void *arg)
{
    char *block = malloc(10);

    pthread_mutex_lock(&lock);
    printf("%s%s ", (const char *)arg, block != NULL ? "" : " has none");
    pthread_mutex_unlock(&lock);
    free(block);
    return NULL;
}

static void two_want(void)
{
    static char first[] = "one", second[] = "two";
    pthread_t one, two;

    if (pthread_create(&one, NULL, want, first) != 0)
        return;
    if (pthread_create(&two, NULL, want, second) == 0)
        pthread_join(two, NULL);
    pthread_join(one, NULL);
    putchar('\n');
}

static void all_in_one(void)
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
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        two_want();
    else
        all_in_one();
    return 0;
}
