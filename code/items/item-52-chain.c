/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

#include "items/item-52-encrypt.h"

static int run_hash(struct process *child, int input)
{
    return PROCESS_START(child,
                         PROCESS_ARGV("openssl", "dgst", "-sha256", "-binary"),
                         .stdin_from = PROCESS_FD, .stdin_fd = input,
                         .stdout_to = PROCESS_PIPE);
}

static int random_bytes(char *data, size_t size)
{
    FILE *file = fopen("/dev/urandom", "rb");
    size_t got = file != NULL ? fread(data, 1, size, file) : 0;

    if (file != NULL)
        fclose(file);
    return got == size ? 0 : EIO;
}

static void print_end(const char *bytes, size_t size)
{
    for (size_t i = size < 10 ? 0 : size - 10; i < size; i++)
        printf("%02x", (unsigned char)bytes[i]);
    printf(" ends the %zu bytes of a hash\n", size);
}

int main(void)
{
    char data[100];
    struct process encrypt[3], hash[3];
    int err = 0;

    for (int i = 0; i < 3; i++) {
        err |= random_bytes(data, sizeof data);
        err |= run_encrypt(&encrypt[i], data, sizeof data);
        err |= run_hash(&hash[i], encrypt[i].stdout_fd);
        process_close(&encrypt[i].stdout_fd); /* why? next slide */
    }
    for (int i = 0; i < 3 && err == 0; i++)
        err = process_communicate(&encrypt[i], NULL, 0, PROCESS_FOREVER);
    for (int i = 0; i < 3 && err == 0; i++)
        err = process_communicate(&hash[i], NULL, 0, PROCESS_FOREVER);
    for (int i = 0; i < 3; i++) {
        if (err == 0)
            print_end(hash[i].result.out, hash[i].result.out_size);
        process_destroy(&encrypt[i]);
        process_destroy(&hash[i]);
    }
    return err != 0;
}
