/*
 * A byte of a block ends, and the byte beside it on the stack is another variable, which
 * somebody else writes meanwhile.
 *
 * can: exit 0 | 1 2 3\n
 */
#include <pthread.h>
#include <stdio.h>

static void *add(void *argument)
{
    ++*(char *)argument;
    return NULL;
}

int main(void)
{
    pthread_t thread, other;
    char before = 0, after = 1, got = 0;

    pthread_create(&thread, NULL, add, &before);
    {
        char value = 2;

        pthread_create(&other, NULL, add, &value);
        pthread_join(other, NULL);
        pthread_create(&other, NULL, add, &after);
        got = value;
    }
    pthread_join(thread, NULL);
    pthread_join(other, NULL);
    printf("%d %d %d\n", before, after, got);
    return 0;
}
