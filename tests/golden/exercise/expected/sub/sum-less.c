#include <stdio.h>

#define TWO 2

int main(void)
{
    printf("%d\n", TWO);
    puts("");
    return 0;
}
