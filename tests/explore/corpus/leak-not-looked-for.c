/*
 * Nobody has asked.
 *
 * can: exit 0 |
 */
#include <stdlib.h>

int main(void)
{
    int *numbers = malloc(24);

    return numbers == NULL;
}
