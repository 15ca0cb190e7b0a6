/*
 * Variables of blocks that are left in every way, entered again, and lie in each other;
 * each is there until the thread that has its address was joined.
 *
 * can: exit 0 | 22\n
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wvla" /* it is what this is about */

static jmp_buf mark;

static void *add(void *argument)
{
    ++*(int *)argument;
    return NULL;
}

static int added(int *value)
{
    pthread_t thread;

    pthread_create(&thread, NULL, add, value);
    pthread_join(thread, NULL);
    return *value;
}

static int rounds(void)
{
    int sum = 0;

    for (int i = 0; i < 4; i++) {
        int value = i;

        if (i == 1) {
            int other = 2;

            sum += added(&other);
            continue;
        }
        sum += added(&value);
        if (i == 2)
            break;
    }
    return sum;
}

static int again(void)
{
    int sum = 0;

again:
    if (sum < 4) {
        int value = 0, size = sum + 1;
        int some[size];

        some[sum] = 0;
        sum += added(&value) + added(&some[sum]);
        goto again;
    }
    return sum;
}

static int within(int value)
{
    switch (value) {
    case 1: {
        int one = 1;

        {
            int two = 2;

            value += added(&one) + added(&two);
        }
        return value + added(&one);
    }
    default:
        return value;
    }
}

static void leave(void)
{
    for (;;) {
        int values[4] = {1};

        if (added(values) == 2)
            longjmp(mark, 1);
    }
}

static int jumped(void)
{
    int values[16] = {0};

    for (int i = 0; i < 2; i++)
        added(&values[i]);
    return values[0] + values[1];
}

int main(void)
{
    int sum = rounds() + again() + within(1);

    if (setjmp(mark) == 0)
        leave();
    printf("%d\n", sum + jumped());
    return 0;
}
