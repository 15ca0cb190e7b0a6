/*
 * Dice by where a block comes to lie.
 *
 * can: exit 0 | 4\n
 * says: depends on where things lie in memory
 * status: 3
 * native: no, it lies somewhere else there
 * toy: no, it lies somewhere else there
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    void *block = malloc(1);

    printf("%d\n", (int)((uintptr_t)block / 16 % 8));
    free(block);
    return 0;
}
