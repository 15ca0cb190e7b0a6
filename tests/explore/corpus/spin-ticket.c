/*
 * A ticket lock: first come, first served.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_uint next, serving;
static char order[3];
static int count;

static void *run(void *name)
{
    unsigned ticket = atomic_fetch_add(&next, 1);

    while (atomic_load(&serving) != ticket)
        ;
    order[count++] = *(const char *)name;
    atomic_fetch_add(&serving, 1);
    return NULL;
}

int main(void)
{
    static char a_name = 'a', b_name = 'b';
    pthread_t a, b;

    pthread_create(&a, NULL, run, &a_name);
    pthread_create(&b, NULL, run, &b_name);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts(order);
    return 0;
}
