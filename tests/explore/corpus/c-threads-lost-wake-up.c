/*
 * The signal comes first, and nothing remembers it.
 *
 * can: exit 0 | woken\n
 * can: lost wake-up |
 * says: waits on the condition changed, and nobody will wake it
 * explore: spurious=0
 * native: no, it may wait for ever
 */
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static cnd_t changed;

static int tell(void *argument)
{
    cnd_broadcast(&changed);
    return argument != NULL;
}

int main(void)
{
    thrd_t teller;

    mtx_init(&lock, mtx_plain);
    cnd_init(&changed);
    thrd_create(&teller, tell, NULL);
    mtx_lock(&lock);
    cnd_wait(&changed, &lock);
    mtx_unlock(&lock);
    puts("woken");
    thrd_join(teller, NULL);
    return 0;
}
