/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t pid = fork();

    if (pid == 0)
        _exit(3);
    if (waitpid(pid, &status, 0) != pid)
        return 1;
    if (WIFEXITED(status))
        printf("ended with %d\n", WEXITSTATUS(status));
    return 0;
}
