/*
 * Eight bytes, and the ninth is nobody's, even behind the last block.
 *
 * can: misuse |
 * native: no, it is undefined
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *bytes = malloc(8);
    volatile int at = 8;

    if (bytes != NULL)
        bytes[at] = 1;
    puts("written");
    free(bytes);
    return 0;
}
