/*
 * %n of a wide format writes how many were printed so far.
 *
 * can: exit 0 | 0\na
 * can: exit 0 | a0\n
 * can: exit 0 | a1\n
 * races: count
 */
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

static int count;

static void *other(void *argument)
{
    wprintf(L"a%n", &count);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    wprintf(L"%d\n", count);
    pthread_join(thread, NULL);
    return 0;
}
