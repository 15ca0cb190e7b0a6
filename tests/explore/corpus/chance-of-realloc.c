/*
 * A block that becomes a byte larger may stay, or not.
 *
 * can: exit 0 | moved\n
 * says: depends on where things lie in memory
 * status: 3
 * native: no, it may stay there
 * toy: no, it may stay there
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *block = malloc(8);
    uintptr_t before = (uintptr_t)block;

    block = realloc(block, 9);
    puts((uintptr_t)block == before ? "stays" : "moved");
    free(block);
    return 0;
}
