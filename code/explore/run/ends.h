/*
 * How a run notices that the program ends.
 */
#ifndef EXPLORE_RUN_ENDS_H
#define EXPLORE_RUN_ENDS_H

/* Before the program begins, so that its own handlers come first. */
void ends_begin(void);

/* POSIX: when the last thread has ended, it is as if it had called exit(0). */
_Noreturn void end_of_last_thread(void);

/* The last step of a thread, behind its cleanup handlers. */
void end_of_thread(void *unused);

/* The running thread was cancelled. */
_Noreturn void end_of_cancelled(void);

/* Before main: glibc's own start calls ours in its place. */
int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

#endif
