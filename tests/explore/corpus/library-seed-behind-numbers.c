/*
 * lcong48 reads all seven numbers that it is given, and only then sets what it keeps for
 * all threads: where its reading is a step, another's seed may come in between, and is the
 * older one. What is printed is whether mrand48 still multiplies by 0.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | much\n
 * races: library.state, numbers
 * says: races for what the C library keeps for itself
 */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned short numbers[7];

static void *seed(void *argument)
{
    numbers[6] = 1;
    srand48(1);
    return argument;
}

int main(void)
{
    pthread_t thread;
    long number;

    pthread_create(&thread, NULL, seed, NULL);
    lcong48(numbers);
    pthread_join(thread, NULL);
    number = mrand48() + mrand48();
    puts(number == 0 ? "0" : "much");
    return 0;
}
