#include <stdio.h>
#include "lib/one.h"

int main(void)
{
    printf("%d\n", one());
}
