/*
 * Whoever waits must have locked the mutex, also a recursive one (C17, 7.26.3.6).
 *
 * can: misuse |
 * says: waits with a mutex that it has not locked
 * native: no, it is undefined
 */
#include <threads.h>

int main(void)
{
    mtx_t mutex;
    cnd_t condition;

    mtx_init(&mutex, mtx_plain | mtx_recursive);
    cnd_init(&condition);
    return cnd_wait(&condition, &mutex) == thrd_success;
}
