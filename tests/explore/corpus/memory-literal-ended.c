/*
 * A compound literal ends with the block that it stands in (C17, 6.5.2.5p5).
 *
 * can: misuse |
 * says: writes a variable of a block that has ended
 * native: no, what it writes to is anything
 */
#include <pthread.h>
#include <stdio.h>

struct pair {
    int first, second;
};

static struct pair *where;

static void *run(void *argument)
{
    where->second = 3;
    return argument;
}

int main(void)
{
    pthread_t thread;

    for (int i = 0; i < 2; i++) {
        int twice = 2 * i;

        where = &(struct pair){i, twice};
    }
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
