#include <stdio.h>

#include "lib/process.h"

#define PASSWORD "password=zf7ShyBhZOraQDdE/FiZpm/m/8f9X+M1"

static int run_encrypt(struct process *child, const char *data, size_t size)
{
    int err = PROCESS_START(child,
                            PROCESS_ARGV("openssl", "enc", "-des3", "-pbkdf2",
                                         "-pass", "env:password"),
                            .env_changes = PROCESS_ARGV(PASSWORD),
                            .stdin_from = PROCESS_PIPE,
                            .stdout_to = PROCESS_PIPE);

    return err != 0 ? err : process_write(child, data, size);
}

int main(void)
{
    static const char data[100];
    struct process child;
    int err = run_encrypt(&child, data, sizeof data);

    if (err == 0)
        err = process_communicate(&child, NULL, 0, PROCESS_FOREVER);
    if (err == 0)
        printf("%zu bytes, beginning with %.8s\n", child.result.out_size,
               child.result.out);
    process_destroy(&child);
    return err != 0;
}
