/*
 * A block is freed by its beginning.
 *
 * can: misuse |
 * says: frees the inside of a block
 * native: no, glibc aborts
 */
#include <stdlib.h>

int main(void)
{
    char *volatile block = malloc(64);

    block += 16;
    free(block);
    return 0;
}
