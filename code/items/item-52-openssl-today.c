/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

static void ask(const char *what, const char *const argv[])
{
    struct process_result result;
    int err = PROCESS_RUN(&result, argv, .input = "", .capture_output = true);

    if (err == 0)
        printf("%s: status %d, %zu bytes%s\n", what, result.returncode,
               result.out_size, result.err_size > 0 ? ", and a complaint" : "");
    process_result_destroy(&result);
}

int main(void)
{
    ask("dgst -whirlpool",
        PROCESS_ARGV("openssl", "dgst", "-whirlpool", "-binary"));
    ask("with the legacy provider",
        PROCESS_ARGV("openssl", "dgst", "-provider", "legacy",
                     "-provider", "default", "-whirlpool", "-binary"));
    ask("enc without -pbkdf2",
        PROCESS_ARGV("openssl", "enc", "-des3", "-pass", "pass:x"));
    return 0;
}
