/*
 * POSIX and C leave open what becomes of a condition variable that is initialised again.
 *
 * can: misuse |
 * says: initialises a condition variable that was not destroyed
 * native: no, it is undefined
 */
#include <threads.h>

static cnd_t thing;

int main(void)
{
    cnd_init(&thing);
    cnd_init(&thing);
    return 0;
}
