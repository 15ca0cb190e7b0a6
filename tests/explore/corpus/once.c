/*
 * What is done once is done once, and done before anybody goes on.
 *
 * can: exit 0 | set up\n1\n1\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_once_t control = PTHREAD_ONCE_INIT;
static int value;

static void set_up(void)
{
    puts("set up");
    value = 1;
}

static void *use(void *argument)
{
    pthread_once(&control, set_up);
    printf("%d\n", value);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, use, NULL);
    pthread_create(&b, NULL, use, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
