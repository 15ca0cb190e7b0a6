/*
 * wcscpy and %ls, as their narrow kin.
 *
 * can: exit 0 | a\n
 * can: exit 0 | b\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

static wchar_t text[4] = L"a";

static void *other(void *argument)
{
    wcscpy(text, L"b");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%ls\n", text);
    pthread_join(thread, NULL);
    return 0;
}
