/*
 * The pointer was main's, and main has returned: nothing points to the block.
 *
 * can: misuse | done\n
 * says: loses a block of 24 bytes, to which nothing points
 * explore: leaks
 * native: no, it ends well
 * toy: no, it looks for no leaks
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *numbers = malloc(24);

    numbers[0] = 1;
    puts("done");
    return 0;
}
