/*
 * va_start() and va_copy() write a va_list, and va_copy() reads one.
 *
 * can: exit 0 | 3\n
 * races: begun, copied
 * toy: no, what it finds in memory is none of its steps
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

static va_list begun, copied;

static void begin(int count, ...)
{
    va_start(begun, count);
    va_copy(copied, begun);
}

static void *run(void *argument)
{
    begin(1, 2);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, run, NULL);
    begin(1, 3);
    pthread_join(thread, NULL);
    puts("3");
    return 0;
}
