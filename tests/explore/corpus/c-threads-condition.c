/*
 * Waiting with C's condition variables.
 *
 * can: exit 0 | 1\n
 */
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static cnd_t changed;
static int ready;

static int tell(void *argument)
{
    mtx_lock(&lock);
    ready = 1;
    cnd_signal(&changed);
    mtx_unlock(&lock);
    thrd_exit(argument != NULL);
}

int main(void)
{
    thrd_t teller;

    mtx_init(&lock, mtx_plain);
    cnd_init(&changed);
    thrd_create(&teller, tell, NULL);
    mtx_lock(&lock);
    while (!ready)
        cnd_wait(&changed, &lock);
    mtx_unlock(&lock);
    thrd_join(teller, NULL);
    cnd_destroy(&changed);
    mtx_destroy(&lock);
    printf("%d\n", ready);
    return 0;
}
