/*
 * A copy of memory that nobody has written is no use of it.
 *
 * can: exit 0 | 2\n
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    char small;
    int large;
};

int main(void)
{
    struct pair *pair = malloc(sizeof *pair), copy;

    if (pair == NULL)
        return 1;
    pair->large = 2;
    memcpy(&copy, pair, sizeof copy);
    printf("%d\n", copy.large);
    free(pair);
    return 0;
}
