/*
 * It prints no such number, but goes where one sends it.
 *
 * can: exit 0 | unlucky\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, it depends on what was there
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    unsigned char *lucky = malloc(1);

    if (lucky == NULL)
        return 1;
    puts(*lucky > 100 ? "lucky" : "unlucky");
    free(lucky);
    return 0;
}
