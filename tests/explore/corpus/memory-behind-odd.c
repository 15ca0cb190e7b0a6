/*
 * Five bytes are five bytes, and not the eight that they lie in.
 *
 * can: misuse |
 * native: no, it is undefined
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *bytes = malloc(5);
    volatile int at = 5;

    if (bytes != NULL)
        bytes[at] = 1;
    puts("written");
    free(bytes);
    return 0;
}
