/*
 * A switch that a compiler makes a table of: reading that table is no access of the
 * program's. Both threads count under the lock, so there is one outcome.
 *
 * can: exit 0 | 7\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static int worth(int letter)
{
    switch (letter) {
    case 'a':
        return 1;
    case 'b':
        return 2;
    case 'c':
        return 3;
    case 'd':
        return 4;
    case 'e':
        return 5;
    case 'f':
        return 6;
    case 'g':
        return 7;
    default:
        return 0;
    }
}

static void *add(void *letter)
{
    pthread_mutex_lock(&lock);
    sum += worth(*(char *)letter);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    char first = 'c', second = 'd';
    pthread_t thread;

    pthread_create(&thread, NULL, add, &first);
    add(&second);
    pthread_join(thread, NULL);
    printf("%d\n", sum);
    return 0;
}
