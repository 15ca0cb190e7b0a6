#include <stdio.h>

int main(void)
{
    puts("printed by a program, compared by a test");
    return 0;
}
