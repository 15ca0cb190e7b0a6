/*
 * fileno of a stream that another thread closes meanwhile: nothing orders the two, so
 * it may be asked of a stream that is gone.
 *
 * can: exit 0 | done\n
 * races: memory
 * native: no, its number is whatever it is
 */
#include <pthread.h>
#include <stdio.h>

static FILE *file;

static void *other(void *argument)
{
    fclose(file);
    return argument;
}

int main(void)
{
    pthread_t thread;

    file = fopen("/dev/null", "r");
    pthread_create(&thread, NULL, other, NULL);
    (void)fileno(file);
    puts("done");
    pthread_join(thread, NULL);
    return 0;
}
