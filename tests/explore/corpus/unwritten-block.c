/*
 * Nobody promises what malloc()'s memory holds. (Other numbers than 0 are not in the
 * list, so it must not be called complete.)
 *
 * can: exit 0 | 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * toy: no, its blocks hold what was there
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *numbers = malloc(2 * sizeof *numbers);

    if (numbers == NULL)
        return 1;
    printf("%d\n", numbers[1]);
    free(numbers);
    return 0;
}
