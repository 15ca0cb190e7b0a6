/*
 * mbrlen and mbrtowc have one each, and who brings a state needs none.
 *
 * can: exit 0 | 11\n
 */
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

static mbstate_t state;

static void *other(void *argument)
{
    mbrlen("b", 1, NULL);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d%d\n", (int)mbrtowc(NULL, "a", 1, NULL), (int)mbrlen("a", 1, &state));
    pthread_join(thread, NULL);
    return 0;
}
