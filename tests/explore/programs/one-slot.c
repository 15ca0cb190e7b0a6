/* A queue with room for one, a producer and a consumer. Arguments break it:
 * "if" looks once instead of again, "one" has one condition for both sides
 * and two consumers. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "crew.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t *wait_empty = &not_empty, *wait_full = &not_full;
static int slot;
static bool once;

static void put(int item)
{
    pthread_mutex_lock(&lock);
    while (slot != 0)
        pthread_cond_wait(wait_full, &lock);
    slot = item;
    pthread_cond_signal(wait_empty);
    pthread_mutex_unlock(&lock);
}

static int get(void)
{
    int item;

    pthread_mutex_lock(&lock);
    if (once && slot == 0)
        pthread_cond_wait(wait_empty, &lock);
    while (!once && slot == 0)
        pthread_cond_wait(wait_empty, &lock);
    item = slot;
    slot = 0;
    pthread_cond_signal(wait_full);
    pthread_mutex_unlock(&lock);
    return item;
}

static void *consume(void *argument)
{
    int number = crew_number(argument);

    if (number == 0) {
        put(1);
        put(2);
    } else {
        printf("got %d\n", get());
    }
    return NULL;
}

static void *consume_both(void *argument)
{
    if (crew_number(argument) == 0) {
        puts("putting");
        put(1);
        puts("put 1");
        put(2);
        puts("put 2");
    } else {
        printf("got %d\n", get());
        printf("got %d\n", get());
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";

    once = strcmp(how, "if") == 0;
    if (strcmp(how, "one") == 0)
        wait_full = wait_empty;
    if (argc > 1)
        crew_run(consume, 3);
    else
        crew_run(consume_both, 2);
    return 0;
}
