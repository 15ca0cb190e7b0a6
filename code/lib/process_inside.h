/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * process_inside - what the files of process share. Not for its users.
 *
 * A file calls only those above it in this list: pipe, spawn, words, options,
 * streams, tree, wait, start, text, talk, and on top of them process.c.
 */
#ifndef HEDDLE_PROCESS_INSIDE_H
#define HEDDLE_PROCESS_INSIDE_H

#include "lib/process.h"

/* All that the child needs between clone and exec, made beforehand. */
struct process_plan {
    const char *const *programs; /* to try in turn, NULL after the last */
    const char *const *argv;
    const char *const *envp;
    int streams[3]; /* what becomes 0, 1 and 2 */
    bool set_group; /* join `group`; 0: found one */
    pid_t group;
    int terminal; /* to be its controlling one, or -1 */
    pid_t parent; /* ours: a child that has another has lost us */
    int *moved;   /* the child's, to write to: where pass_fds are meanwhile */
    bool portable; /* no pidfd, no close_range */
    long descriptors; /* their limit: sysconf(3) is not for the child */
    const struct process_options *options; /* for all the rest */
};

/* What became of it. */
struct process_birth {
    pid_t pid;
    int pidfd;
    enum process_stage stage; /* and the errno value, if it failed */
    int err;
    const char *failed; /* of the programs, the one that is there; or NULL */
};

/* What a message is made of. */
struct process_trouble {
    const char *command; /* "Command '[...]'"; NULL: no memory for it */
    int err;             /* 0: it ended; how, says returncode */
    int returncode;
    bool alive; /* it could not be killed; */
    bool kept;  /* or it could, and its tracer has not asked for its end */
    bool held;  /* it has ended, and its output has not */
    bool refused; /* err is what on_output returned */
    const char *cwd;
    const char *file; /* of a stream, that could not be opened */
    const char *program;     /* that did not run, if not argv[0]; or NULL */
    const char *interpreter; /* that it lacks; "": a loader; or NULL */
    int64_t timeout_ms;
    size_t output_limit;
};

/* Our ends, or -1, and what the child's streams shall be. */
struct process_streams {
    int ours[3];   /* open until the handle closes them */
    int theirs[3]; /* open until the child has its copies */
    int null;
    int terminal, master; /* its side and ours of a PROCESS_TERMINAL */
    int become[3];
    const char *failed; /* the name of a file that could not be opened */
};

/* process_pipe.c: what no child inherits, and is clear of 0 to 2. */
int process_open_pipe(int ends[2]);
int process_open_null(int *fd); /* for input and output */
int process_open_file(const char *name, int flags, int *fd);
int process_open_terminal(int *master, int *terminal);
int process_open_again(int fd, int flags, int *again);

/* process_spawn.c: birth->pid, or birth->err and birth->stage. */
void process_spawn(const struct process_plan *plan,
                   struct process_birth *birth);

bool process_is_user(uid_t user);
bool process_is_program(const char *path); /* may we execute it? */
bool process_under_valgrind(void);
const char *process_wish(void); /* the environment's PROCESS_SPAWN */

/* process_words.c: "Command '[...]'", allocated; and result->message. */
char *process_command_text(const char *const argv[]);
void process_say(struct process_result *result, const char *message);
void process_explain(struct process_result *result,
                     const struct process_trouble *trouble);

/* process_options.c: 0, or EINVAL or EBADF and a sentence about it. */
int process_check_options(const char *const argv[],
                          const struct process_options *o, const char **why);
bool process_has_session(const struct process_options *o);
bool process_is_signal(int number); /* 0 is one: to nobody */

/* process_streams.c: all that is open afterwards is to be closed, ours only
 * if they are not given away. */
void process_no_streams(struct process_streams *s);
int process_open_streams(struct process_streams *s,
                         const struct process_options *o);
void process_close_streams(struct process_streams *s, bool give_ours);

/* process_start.c: the handle, and all that comes before there is a child. */
int process_init(struct process *p); /* as one that has ended */
int process_refuse(struct process *p, const char *why); /* and EINVAL */
int process_begin(struct process *p, const char *const argv[],
                  const struct process_options *options);

/* process_tree.c: kill all descendants of a child that has not been waited for
 * and is their reaper. It is stopped afterwards, to be killed. */
void process_end_below(pid_t root);

/* Who is below it now; NULL: no memory. It is stopped afterwards: SIGCONT. Whoever
 * of them still lives is killed later, with all below, and the note is freed;
 * NULL is nobody. */
struct process_family *process_note_below(pid_t root);
void process_end_noted(struct process_family *family);

/* process_wait.c: deadlines, and looking without waiting for it; and SIGKILL
 * to all of it, with how long its end may take then: for ever, or 0. */
int64_t process_deadline(int64_t timeout_ms);
int process_ms_until(int64_t deadline_ns);
int process_wait_until(struct process *p, int64_t deadline_ns, int *returncode);
void process_ask(struct process *p); /* to end: its stop_signal */
bool process_has_ended(struct process *p);
bool process_is_kept(struct process *p); /* dead, and a tracer is asked first */
int64_t process_end(struct process *p);
void process_release(struct process *p); /* its entry, if that was kept */
int process_let_go(struct process *p);
void process_collect(void); /* of those let go, the ones that have ended */

/* process_text.c: a captured stream, 1 or 2: what has come; what is left in
 * its pipe at the end; and its memory. */
int process_take(struct process *p, int stream);
int process_take_rest(struct process *p, int stream);
void process_free_text(char *text, size_t room);
void process_reuse(struct process *p, struct process_result *old);
void process_widen(int fd);

/* process_talk.c: a conversation; finish is for one that has ended. */
void process_offer(struct process *p, const void *input, size_t input_size);
int process_talk(struct process *p, int64_t deadline_ns);
int process_finish(struct process *p, int64_t timeout_ms);

#endif
