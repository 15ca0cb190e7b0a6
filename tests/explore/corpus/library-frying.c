/*
 * strfry asks for chance: no list is complete that depends on it.
 *
 * says: calls strfry
 * status: 2
 * native: no, it is chance
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

static char text[] = "heddle";

int main(void)
{
    puts(strfry(text));
    return 0;
}
