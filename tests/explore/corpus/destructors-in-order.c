/*
 * The last destructor first, those with a number behind the others, the lowest last.
 *
 * can: exit 3 | handler\nsecond\nfirst\nlast\n
 */
#include <stdio.h>
#include <stdlib.h>

static void handle(void)
{
    puts("handler");
}

__attribute__((destructor(101))) static void last(void)
{
    puts("last");
}

__attribute__((destructor)) static void first(void)
{
    puts("first");
}

__attribute__((destructor)) static void second(void)
{
    puts("second");
}

int main(void)
{
    atexit(handle);
    return 3;
}
