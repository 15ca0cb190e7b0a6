#include "heddle/system/keeper.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "heddle/system/orphans.h"

enum { GRACE_TICKS = 100, TICK_NS = 10 * 1000 * 1000 };

/* To their groups: Make and what it has started. */
static size_t ask_all(void)
{
    size_t count;
    pid_t *children = orphans_children(&count);

    for (size_t i = 0; i < count; i++)
        kill(getpgid(children[i]) == children[i] ? -children[i] : children[i], SIGTERM);
    free(children);
    return count;
}

static bool none_left(void)
{
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

void keeper_end_all(void)
{
    const struct timespec tick = {0, TICK_NS};

    if (ask_all() > 0)
        for (int i = 0; i < GRACE_TICKS && !none_left(); i++)
            nanosleep(&tick, NULL);
    orphans_end_all(NULL, 0);
}

static const int passed_on[] = {SIGINT, SIGTERM, SIGHUP};

static void block(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGCHLD);
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++)
        sigaddset(set, passed_on[i]);
}

/* Until it has ended; an interrupt is its own to answer. What the terminal sends has
 * come to both (SI_KERNEL). */
static int attend(pid_t worker, const sigset_t *set)
{
    siginfo_t info;
    int status = 0;

    while (waitpid(worker, &status, WNOHANG) == 0)
        if (sigwaitinfo(set, &info) > 0 && info.si_signo != SIGCHLD && info.si_code != SI_KERNEL)
            kill(worker, info.si_signo);
    return status;
}

/* As it ended: a shell looks at that. */
static _Noreturn void end_as(int status)
{
    sigset_t all;

    if (WIFSIGNALED(status)) {
        sigfillset(&all);
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
        sigprocmask(SIG_UNBLOCK, &all, NULL);
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 2);
}

bool keeper_begin(void)
{
    sigset_t set, before;
    pid_t keeper = getpid(), worker;
    int status;

    block(&set);
    sigprocmask(SIG_BLOCK, &set, &before);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    worker = fork();
    if (worker == 0) {
        prctl(PR_SET_CHILD_SUBREAPER, 1); /* not inherited: prctl(2) */
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != keeper)
            raise(SIGTERM);
    }
    if (worker <= 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        return worker == 0;
    }
    status = attend(worker, &set);
    keeper_end_all();
    end_as(status);
}
