/*
 * mbrtowc without a state has one of its own for all threads (C17, 7.29.6.3: it "is
 * not required to avoid data races with other calls").
 *
 * can: exit 0 | 1\n
 * races: library.state
 */
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

static void *other(void *argument)
{
    mbrtowc(NULL, "b", 1, NULL);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", (int)mbrtowc(NULL, "a", 1, NULL));
    pthread_join(thread, NULL);
    return 0;
}
