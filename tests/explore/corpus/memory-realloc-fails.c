/*
 * realloc() may fail, and then the block is there as it was. That it may stay where it
 * is, or not, makes no difference to that.
 *
 * can: exit 0 | larger, 5\n
 * can: exit 0 | as it was, 5\n
 * can: exit 0 | none\n
 * explore: failing=malloc
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *block = malloc(sizeof *block), *larger;

    if (block == NULL) {
        puts("none");
        return 0;
    }
    *block = 5;
    larger = realloc(block, 2 * sizeof *block);
    if (larger != NULL)
        block = larger;
    printf("%s, %d\n", larger != NULL ? "larger" : "as it was", *block);
    free(block);
    return 0;
}
