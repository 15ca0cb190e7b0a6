/*
 * Two locks, in two orders.
 *
 * can: exit 0 | end\n
 * can: deadlock |
 * says: waits for the mutex second, which
 * native: no, it may wait for ever
 */
#include <stdio.h>
#include <threads.h>

static mtx_t first, second;

static int run(void *argument)
{
    mtx_lock(&second);
    mtx_lock(&first);
    mtx_unlock(&first);
    mtx_unlock(&second);
    return argument != NULL;
}

int main(void)
{
    thrd_t other;

    mtx_init(&first, mtx_plain);
    mtx_init(&second, mtx_plain);
    thrd_create(&other, run, NULL);
    mtx_lock(&first);
    mtx_lock(&second);
    mtx_unlock(&second);
    mtx_unlock(&first);
    thrd_join(other, NULL);
    puts("end");
    return 0;
}
