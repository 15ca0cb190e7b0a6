/*
 * A block may be where the one was that has been freed: on most machines it is.
 *
 * can: exit 0 | another\n
 * says: depends on where things lie in memory
 * status: 3
 * native: no, there it is the same
 * toy: no, it has a heap of its own
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *block = malloc(sizeof *block);
    uintptr_t before = (uintptr_t)block;

    free(block);
    block = malloc(sizeof *block);
    puts((uintptr_t)block == before ? "the same" : "another");
    free(block);
    return 0;
}
