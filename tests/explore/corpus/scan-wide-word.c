/*
 * A wide word of two characters and its zero are twelve bytes, all written: the
 * other thread's look at the second character races.
 *
 * races: word
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * toy: no, it has no sscanf
 */
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

static wchar_t word[4];

static void *scan(void *argument)
{
    sscanf("ab", "%ls", word);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, scan, NULL);
    seen = word[1] == L'b';
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
