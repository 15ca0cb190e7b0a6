/*
 * Behind the first call, wcstok(NULL, ...) goes on in the text that it has kept: it
 * reads that, and writes a zero behind the word.
 *
 * can: exit 0 | 32\n
 * can: exit 0 | 0\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

static wchar_t text[] = L"a b c", *rest;

static void *other(void *argument)
{
    wcstok(NULL, L" ", &rest);
    return argument;
}

int main(void)
{
    pthread_t thread;

    wcstok(text, L" ", &rest);
    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", (int)text[3]);
    pthread_join(thread, NULL);
    return 0;
}
