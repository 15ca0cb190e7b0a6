#include <stdio.h>

int main(void)
{
    printf("line %d\n", __LINE__);
}
