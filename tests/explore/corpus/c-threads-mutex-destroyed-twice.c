/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a mutex that was destroyed
 * native: no, it is undefined
 */
#include <threads.h>

static mtx_t thing;

int main(void)
{
    mtx_init(&thing, mtx_plain);
    mtx_destroy(&thing);
    mtx_destroy(&thing);
    return 0;
}
