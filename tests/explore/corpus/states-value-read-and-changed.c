/*
 * A value that was read, and is printed by the next call, is nowhere but in a
 * register; and while the call waits, the variable becomes another one. States
 * that differ in it alone are two. "0" may come before or after "set", "1" as well:
 * whoever reads 1 reads after the write, and prints before or after main does.
 *
 * races: shared
 * can: exit 0 | 0\nset\n
 * can: exit 0 | 1\nset\n
 * can: exit 0 | set\n0\n
 * can: exit 0 | set\n1\n
 */
#include <pthread.h>
#include <stdio.h>

static int shared;

static void *say(void *argument)
{
    printf("%d\n", shared);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, say, NULL);
    shared = 1;
    puts("set");
    pthread_join(thread, NULL);
    return 0;
}
