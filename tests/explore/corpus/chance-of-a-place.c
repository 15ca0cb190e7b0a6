/*
 * Where a block lies, by the cache line: it could be the same by accident in another
 * world, and not in two.
 *
 * can: exit 0 | 1\n
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
    void *block = malloc(9);

    printf("%d\n", (int)((uintptr_t)block / 64 % 8));
    free(block);
    return 0;
}
