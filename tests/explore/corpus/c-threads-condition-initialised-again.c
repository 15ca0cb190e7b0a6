/*
 * Destroyed and initialised anew: it is another one.
 *
 * can: exit 0 |
 */
#include <threads.h>

static cnd_t thing;

int main(void)
{
    cnd_init(&thing);
    cnd_destroy(&thing);
    cnd_init(&thing);
    cnd_destroy(&thing);
    return 0;
}
