/*
 * Running programs that nobody trusts to tidy up: each in a working directory
 * of its own, with a small environment, in its own process group,
 * for a limited time; and ending what they leave behind.
 *
 * This keeps honest programs apart. It is no jail: a program can write
 * wherever the user can, unless it is isolated; then it can still read.
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

struct sandbox_call {
    const char *program;     /* its path; it is called by the name argv[0] */
    const char *const *argv; /* NULL after the last */
    struct shell_words env;  /* NAME=value, which come first */
    struct span input;
    int64_t timeout_ms; /* on a machine that is free (sandbox_stretch()); 0: none */
    bool one_stream;    /* stderr goes where stdout goes, as on a terminal */
    bool isolated;      /* see sandbox_can_isolate() */
};

/*
 * Can a program be shut in, by bubblewrap: no network, no other process, nothing
 * to write but its own directory, and an empty /tmp? If not, *why is one line from
 * malloc, or NULL when there is no bwrap.
 */
bool sandbox_can_isolate(char **why);

/*
 * A limit in time is meant for a machine that has time: where `wanting` threads
 * want to run on fewer processors, each of them has its share, and the limit is as
 * much longer. proc_loadavg(5) knows their number.
 */
int64_t sandbox_stretch(int64_t limit_ms, double wanting, long processors);

/*
 * Run a program in the sandbox: with its input, PATH, HOME, TMPDIR,
 * LC_ALL=C.UTF-8, the sanitizers' *_OPTIONS and its `env`. Captures both
 * streams. Returns what process_run() does; the caller destroys the result.
 * Any number of threads may do so, each in a sandbox of its own.
 */
int sandbox_run(const char *sandbox, const struct sandbox_call *call,
                struct process_result *result);

/* Put a file into the sandbox, in folders that are made. 0 or an errno value. */
int sandbox_add(const char *sandbox, struct span path, struct span text, mode_t mode);

/* End what was started in the sandbox and is now our child (see above), remove
 * the directory with all it holds, following no link, and free the path. False
 * when something could not be removed. */
bool sandbox_close(char *sandbox);

#endif
