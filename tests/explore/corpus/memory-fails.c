/*
 * When asked, malloc fails, in one of its calls.
 *
 * can: exit 0 | both\n
 * can: exit 0 | no first\n
 * can: exit 0 | no second\n
 * explore: failing=malloc
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    void *first = malloc(1), *second = malloc(1);

    puts(first == NULL ? "no first" : second == NULL ? "no second" : "both");
    free(first);
    free(second);
    return 0;
}
