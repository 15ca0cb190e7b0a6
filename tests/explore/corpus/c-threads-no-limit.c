/*
 * Only a mtx_timed mutex takes a limit (C17, 7.26.4.4).
 *
 * can: misuse |
 * says: locks a mutex with a limit that was not made for one
 * native: no, it is undefined
 */
#include <threads.h>
#include <time.h>

static mtx_t lock;

int main(void)
{
    struct timespec past = {0, 0};

    mtx_init(&lock, mtx_plain);
    mtx_timedlock(&lock, &past);
    return 0;
}
