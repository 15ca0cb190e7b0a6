/*
 * C has no initialiser for a mutex; that zeros work in glibc is no promise.
 *
 * can: misuse |
 * says: uses a mutex that was not initialised
 * native: no, it is undefined
 */
#include <threads.h>

static mtx_t lock;

int main(void)
{
    mtx_lock(&lock);
    return 0;
}
