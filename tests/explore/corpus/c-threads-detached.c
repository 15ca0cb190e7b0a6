/*
 * Nobody waits for a detached thread.
 *
 * can: exit 0 | main\n
 * can: exit 0 | main\nother\n
 * can: exit 0 | main\nother
 * can: exit 0 | other\nmain\n
 * says: exits while another thread prints, where C libraries differ
 * status: 3
 * toy: no, it prints a line as one
 */
#include <stdio.h>
#include <threads.h>

static int say(void *argument)
{
    puts("other");
    return argument != NULL;
}

int main(void)
{
    struct timespec moment = {0, 1000};
    thrd_t other;

    thrd_create(&other, say, NULL);
    thrd_detach(other);
    thrd_yield();
    thrd_sleep(&moment, NULL);
    if (thrd_equal(thrd_current(), other))
        return 1;
    puts("main");
    return 0;
}
