/*
 * The function that has set the mark has returned: there is nothing to jump to (C17,
 * 7.13.2.1).
 *
 * can: misuse |
 * says: jumps to a mark in a function that has returned
 * native: no, it goes on somewhere
 * toy: no, its threads share a stack
 */
#include <setjmp.h>
#include <stdio.h>

static jmp_buf mark;

static int set(void)
{
    char room[400];

    room[0] = 1;
    return setjmp(mark) - room[0];
}

static void jump(void)
{
    longjmp(mark, 1);
}

int main(void)
{
    if (set() < 0)
        jump();
    puts("back");
    return 0;
}
