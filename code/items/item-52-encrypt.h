/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
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
