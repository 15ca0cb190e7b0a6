/*
 * Three threads ask for it, and one runs it; the others wait until it is done.
 *
 * can: exit 0 | done\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int value;

static void set_up(void)
{
    puts("done");
    value = 1;
}

static void *use(void *argument)
{
    pthread_once(&once, set_up);
    return value == 1 ? argument : &value;
}

int main(void)
{
    pthread_t threads[3];
    void *result;

    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, use, NULL);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], &result);
        if (result != NULL)
            puts("too early");
    }
    return 0;
}
