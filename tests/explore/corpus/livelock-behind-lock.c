/*
 * Each asks with the lock, again and again, for what the other gives only then:
 * for ever. Two that lock and look show each other nothing new.
 *
 * can: livelock |
 * native: no, it never ends
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool flags[2];
static int begun[2];

static bool is_set(int number)
{
    bool set;

    pthread_mutex_lock(&lock);
    set = flags[number];
    pthread_mutex_unlock(&lock);
    return set;
}

static void exchange(int mine)
{
    begun[mine] = 1;
    while (!is_set(1 - mine))
        ;
    pthread_mutex_lock(&lock);
    flags[mine] = true;
    pthread_mutex_unlock(&lock);
}

static void *first(void *argument)
{
    exchange(0);
    return argument;
}

static void *second(void *argument)
{
    exchange(1);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("done");
    return 0;
}
