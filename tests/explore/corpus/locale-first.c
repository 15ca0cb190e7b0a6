/*
 * The locale is set before there is another thread, and asked for later: that is
 * in order, and all is proven.
 *
 * says: "complete": true
 * can: exit 0 | C 1.5\n
 */
#include <locale.h>
#include <pthread.h>
#include <stdio.h>

static void *print(void *argument)
{
    printf("%s %.1f\n", setlocale(LC_NUMERIC, NULL), 1.5);
    return argument;
}

int main(void)
{
    pthread_t thread;

    setlocale(LC_ALL, "C");
    pthread_create(&thread, NULL, print, NULL);
    pthread_join(thread, NULL);
    return 0;
}
