/*
 * Whether a number that nobody has written is above 0 takes two other worlds to see: one
 * of them may have one below.
 *
 * can: exit 0 | 0 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, anything is there
 * toy: no, anything is there
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *block = malloc(64);

    printf("%d %d\n", block[3] > 0, (block[4] & 2) != 0);
    free(block);
    return 0;
}
