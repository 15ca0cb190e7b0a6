#include <stdio.h>

#define TWO 2

int main(void)
{
    printf("%d\n", 2 + TWO);
    return 0;
}
