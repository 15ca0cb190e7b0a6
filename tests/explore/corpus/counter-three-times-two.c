/*
 * Three adds by each of two threads: the least is 2, not 3. One reads 0, the
 * other does two of its adds, the first writes 1; the other reads that 1 for its
 * third, the first does its two, and the other writes 2.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 3\n
 * can: exit 0 | 4\n
 * can: exit 0 | 5\n
 * can: exit 0 | 6\n
 * races: counter
 */
#include <pthread.h>
#include <stdio.h>

static int counter;

static void *add(void *argument)
{
    counter++;
    counter++;
    counter++;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
