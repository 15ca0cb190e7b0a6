/*
 * Whoever comes first: the variable of the first round is shown under a lock, and looked
 * at under it, maybe in the second round, when that one is another variable.
 *
 * can: exit 0 | none\n
 * can: exit 0 | 5\n
 * can: exit 0 | 6\n
 * can: misuse |
 * races: memory
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *where;

static void *look(void *argument)
{
    pthread_mutex_lock(&lock);
    if (where != NULL)
        printf("%d\n", *where);
    else
        puts("none");
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    for (int i = 0; i < 2; i++) {
        int value = i + 5;

        if (i == 1)
            continue;
        pthread_mutex_lock(&lock);
        where = &value;
        pthread_mutex_unlock(&lock);
    }
    pthread_join(thread, NULL);
    return 0;
}
