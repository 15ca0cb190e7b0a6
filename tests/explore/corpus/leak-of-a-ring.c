/*
 * Two blocks that point to each other, and nobody to them.
 *
 * can: misuse |
 * says: loses 2 blocks, 16 bytes, to which nothing points
 * explore: leaks
 * native: no, it ends well
 * toy: no, it looks for no leaks
 */
#include <stdlib.h>

static void make(void)
{
    void **one = malloc(8), **two = malloc(8);

    *one = two;
    *two = one;
}

int main(void)
{
    make();
    return 0;
}
