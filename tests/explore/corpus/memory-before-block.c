/*
 * What stands before a block is not its own; nor is byte 3 of 3.
 *
 * can: misuse |
 * says: reads before a block of 3 bytes
 * native: no, it may go well
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *text = malloc(3);
    int before = text[-1];

    free(text);
    printf("%d\n", before);
    return 0;
}
