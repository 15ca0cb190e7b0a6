/*
 * What tells of a struct leaves numbers in all kinds of registers as they are, and
 * what is compared before.
 *
 * compiler: gcc
 * can: exit 0 | 3 321 4 195 7217 4950 1\n
 */
#include <pthread.h>
#include <stdio.h>

struct two {
    int a, b;
};

struct three {
    long a, b, c;
};

struct mixed {
    double x;
    float y;
};

struct letters {
    char c[3];
};

struct many {
    int values[100];
};

static struct two two = {1, 2};
static struct three three = {1, 2, 3};
static struct mixed mixed = {1.5, 2.5F};
static struct letters letters = {"ab"};
static struct many many;
static int seven = 7;

static int of_two(struct two x)
{
    return x.a + x.b;
}

static long of_three(struct three x)
{
    return x.a + x.b * 10 + x.c * 100;
}

static double of_mixed(struct mixed x)
{
    return x.x + (double)x.y;
}

static int of_letters(struct letters x)
{
    return x.c[0] + x.c[1];
}

static int of_all(int a, struct two x, int b)
{
    return a + x.a * 10 + x.b * 100 + b * 1000;
}

static int of_many(struct many x)
{
    int sum = 0;

    for (int i = 0; i < 100; i++)
        sum += x.values[i];
    return sum;
}

static struct many make(void)
{
    return many;
}

static void *add(void *argument)
{
    struct two *a = &two;
    struct three *b = &three;
    struct mixed *c = &mixed;
    struct letters *d = &letters;
    struct many *e = argument;

    *e = make();
    printf("%d %ld %g %d %d %d %d\n", of_two(*a), of_three(*b), of_mixed(*c), of_letters(*d),
           of_all(seven, *a, seven), of_many(*e), seven > 3 ? of_two(*a) < 4 : 0);
    return argument;
}

int main(void)
{
    static struct many copy;
    pthread_t thread;

    for (int i = 0; i < 100; i++)
        many.values[i] = i;
    pthread_create(&thread, NULL, add, &copy);
    pthread_join(thread, NULL);
    return 0;
}
