/*
 * POSIX and C leave open what becomes of a mutex that is initialised again.
 *
 * can: misuse |
 * says: initialises a lock that was not destroyed
 * native: no, it is undefined
 */
#include <threads.h>

static mtx_t thing;

int main(void)
{
    mtx_init(&thing, mtx_plain);
    mtx_init(&thing, mtx_plain);
    return 0;
}
