#include <poll.h>
#include <stdio.h>

int main(void)
{
    poll(NULL, 0, 61);
    puts("waited: 60 ms");
}
