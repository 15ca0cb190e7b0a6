/*
 * No machine has half of all addresses for one block: it is NULL, and nothing else.
 *
 * can: exit 0 | none\n
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    volatile size_t size = SIZE_MAX - 1;
    void *block = malloc(size);

    puts(block != NULL ? "some" : "none");
    free(block);
    return 0;
}
