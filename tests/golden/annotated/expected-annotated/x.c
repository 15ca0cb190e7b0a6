#line 4 "chapters/10-a.md"
#include <stdio.h>

int main(void)
{
    int x = 1;
#line 15 "chapters/10-a.md"
    puts("one");

      puts("two");
#line 21 "chapters/10-a.md"
puts("three");
#line 10 "chapters/10-a.md"
    return 0;
}
