#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process_result result;
    int err;

    err = PROCESS_RUN(&result, PROCESS_ARGV("test", "-d", "someFolder"),
                      .check = true);
    if (err != 0)
        fprintf(stderr, "%s\n", result.message);
    process_result_destroy(&result);
    return err != 0;
}
