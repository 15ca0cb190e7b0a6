/*
 * printf writes the locale's decimal point, and another thread changes the
 * locale: two steps of which the explorer does not know that they meet. So
 * nothing is proven.
 *
 * says: changes the locale after it has started a thread
 * says: locale-changes.c:26
 * can: exit 0 | 1.5\n
 * status: 3
 */
#include <locale.h>
#include <pthread.h>
#include <stdio.h>

static void *print(void *argument)
{
    printf("%.1f\n", 1.5);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, print, NULL);
    setlocale(LC_NUMERIC, "C");
    pthread_join(thread, NULL);
    return 0;
}
