#include <stdio.h>

#include "items/item-54-workers.h"

static int count;

static void *add_one(void *arg)
{
    count += 1;             /* five workers, once each, and no lock */
    return arg;
}

int main(void)
{
    int err = run_workers(add_one, NULL);

    printf("counted %d of %d\n", count, WORKERS);
    return err != 0;
}
