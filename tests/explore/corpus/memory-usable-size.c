/*
 * How much of a block can be used is each heap's own answer.
 *
 * can: exit 0 | 1\n
 * says: asks how much a block has
 * status: 3
 * native: no, it is more there
 * toy: no, it has a heap of its own
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    void *block = malloc(1);

    printf("%zu\n", malloc_usable_size(block));
    free(block);
    return 0;
}
