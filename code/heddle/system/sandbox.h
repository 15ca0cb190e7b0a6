/*
 * Running programs that nobody trusts to tidy up: each in an empty working
 * directory of its own, with a small environment, in its own process group,
 * for a limited time; and ending what they leave behind.
 *
 * This keeps honest programs apart. It is no jail: a program can write
 * wherever the user can.
 *
 * The room system: other programs and threads of ours: started, limited, ended.
 */
#ifndef HEDDLE_SYSTEM_SANDBOX_H
#define HEDDLE_SYSTEM_SANDBOX_H

#include <sys/resource.h>
#include <sys/types.h>

#include "heddle/base/shell_words.h"
#include "heddle/base/text.h"
#include "lib/process.h"

enum { SANDBOX_MOST_OUTPUT = 16 * 1024 * 1024 }; /* bytes of each stream */

/*
 * While a guard holds, processes that lose their parent among our descendants
 * become our children (Linux: prctl(2), PR_SET_CHILD_SUBREAPER), even daemons
 * that took a session of their own; programs leave no core files. One guard at
 * a time. Its end kills every child that was not there when it began, so
 * nothing else may be run meanwhile that shall survive it.
 */
struct sandbox_guard {
    int was_subreaper;
    struct rlimit core;
    pid_t *known;
    size_t known_count;
};

void sandbox_guard_begin(struct sandbox_guard *guard);
void sandbox_guard_end(struct sandbox_guard *guard);

/* The path of a new, empty directory below $TMPDIR or /tmp, from malloc; NULL
 * with errno when there can be none. */
char *sandbox_open(void);

/*
 * Run argv in the sandbox: with this input, PATH, HOME, TMPDIR, LC_ALL=C.UTF-8,
 * the sanitizers' *_OPTIONS and `env` (NAME=value, which come first). Captures
 * both streams. Returns what process_run() does; the caller destroys the
 * result. Any number of threads may do so, each in a sandbox of its own.
 */
int sandbox_run(const char *sandbox, const char *const argv[], const struct shell_words *env,
                struct span input, int64_t timeout_ms, struct process_result *result);

/* End what was started in the sandbox and is now our child (see above), remove
 * the directory with all it holds, following no link, and free the path. False
 * when something could not be removed. */
bool sandbox_close(char *sandbox);

#endif
