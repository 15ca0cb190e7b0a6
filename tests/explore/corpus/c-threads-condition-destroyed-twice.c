/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a condition variable that was destroyed
 * native: no, it is undefined
 */
#include <threads.h>

static cnd_t thing;

int main(void)
{
    cnd_init(&thing);
    cnd_destroy(&thing);
    cnd_destroy(&thing);
    return 0;
}
