/*
 * What was in the block is in the larger one.
 *
 * can: exit 0 | abc\n
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *text = malloc(4), *more;

    if (text == NULL)
        return 1;
    text[0] = 'a';
    text[1] = 'b';
    text[2] = 'c';
    text[3] = '\0';
    more = realloc(text, 100);
    if (more == NULL)
        return 1;
    puts(more);
    free(more);
    return 0;
}
