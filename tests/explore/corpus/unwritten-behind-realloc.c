/*
 * What realloc() adds is not set either; what it keeps, and calloc()'s zeros, are.
 *
 * can: exit 0 | 0 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, it prints whatever was there
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *numbers = calloc(1, sizeof *numbers), *more;

    if (numbers == NULL || (more = realloc(numbers, 2 * sizeof *more)) == NULL)
        return 1;
    printf("%d %d\n", more[0], more[1]);
    free(more);
    return 0;
}
