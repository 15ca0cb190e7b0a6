/*
 * Whoever unlocks a mutex of C must have locked it, also a recursive one (C17,
 * 7.26.4.6): no result tells.
 *
 * can: misuse |
 * says: unlocks a mutex that it has not locked
 * native: no, it is undefined
 */
#include <threads.h>

int main(void)
{
    mtx_t mutex;

    mtx_init(&mutex, mtx_plain | mtx_recursive);
    return mtx_unlock(&mutex) == thrd_success;
}
