/*
 * A block stands where it was asked to stand.
 *
 * can: exit 0 | 0\n
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    void *block = aligned_alloc(4096, 4096);

    printf("%d\n", (int)((uintptr_t)block % 4096));
    free(block);
    return 0;
}
