/*
 * After realloc() the old address is nobody's.
 *
 * can: misuse |
 * says: writes memory that was freed
 * native: no, it may go well
 */
#include <stdlib.h>

int main(void)
{
    int *old = malloc(4), *fresh;

    *old = 1;
    fresh = realloc(old, 4000);
    *old = 2;
    free(fresh);
    return 0;
}
