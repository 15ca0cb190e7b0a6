#include "heddle/system/git.h"

#include <signal.h>

#include "lib/process.h"

enum { GIT_TIMEOUT_MS = 60 * 1000 };

bool git_ask(struct arena *arena, const char *const argv[], struct span *answer)
{
    const struct process_options options = {
        .input = "",
        .capture_output = true,
        .timeout_ms = GIT_TIMEOUT_MS,
        .check = true,
        .death_signal = SIGKILL, /* it only reads */
    };
    struct process_result result;
    bool fine = process_run(argv, &options, &result) == 0;

    if (fine)
        *answer = (struct span){arena_copy(arena, result.out, result.out_size), result.out_size};
    process_result_destroy(&result);
    return fine;
}
