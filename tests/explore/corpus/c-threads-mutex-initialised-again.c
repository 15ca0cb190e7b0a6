/*
 * Destroyed and initialised anew: it is another one.
 *
 * can: exit 0 |
 */
#include <threads.h>

static mtx_t thing;

int main(void)
{
    mtx_init(&thing, mtx_plain);
    mtx_destroy(&thing);
    mtx_init(&thing, mtx_plain);
    mtx_destroy(&thing);
    return 0;
}
