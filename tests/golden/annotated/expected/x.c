#include <stdio.h>

int main(void)
{
    int x = 1;
    puts("one");

      puts("two");
    puts("three");
    return 0;
}
