/*
 * Made once, and destroyed with each thread.
 *
 * can: exit 0 | 1 2\n
 */
#include <stdio.h>
#include <threads.h>

static once_flag flag = ONCE_FLAG_INIT;
static tss_t key;
static mtx_t lock;
static int made, destroyed;

static void destroy(void *value)
{
    mtx_lock(&lock);
    destroyed += *(int *)value;
    mtx_unlock(&lock);
}

static void make(void)
{
    made++;
    tss_create(&key, destroy);
}

static int run(void *argument)
{
    call_once(&flag, make);
    tss_set(key, argument);
    return tss_get(key) != argument;
}

int main(void)
{
    int one = 1;
    thrd_t a, b;

    mtx_init(&lock, mtx_plain);
    thrd_create(&a, run, &one);
    thrd_create(&b, run, &one);
    thrd_join(a, NULL);
    thrd_join(b, NULL);
    tss_delete(key);
    printf("%d %d\n", made, destroyed);
    return 0;
}
