/*
 * Programs that do not tidy up, and what is left of them: nothing.
 */
#define _GNU_SOURCE
#include "folder.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "heddle/system/orphans.h"
#include "heddle/system/sandbox.h"

/* One below the test's own folder. */
static char *open_sandbox(void)
{
    const char *before = getenv("TMPDIR");
    char *kept = before != NULL ? strdup(before) : NULL, *sandbox;

    assert_int_equal(setenv("TMPDIR", folder_path, 1), 0);
    sandbox = sandbox_open();
    assert_int_equal(kept != NULL ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
    free(kept);
    assert_non_null(sandbox);
    assert_int_equal(strncmp(sandbox, folder_path, strlen(folder_path)), 0);
    return sandbox;
}

/* What a shell's command prints in the sandbox; the caller frees it. */
static char *run(const char *sandbox, const char *command, const char *setting)
{
    struct shell_words env = {&setting, setting != NULL};
    struct process_result result;
    char *out;

    const struct sandbox_call call = {
        .argv = PROCESS_ARGV("/bin/sh", "-c", command),
        .env = env,
        .timeout_ms = 0,
    };
    assert_int_equal(sandbox_run(sandbox, &call, &result), 0);
    assert_int_equal(result.returncode, 0);
    out = strdup(result.out);
    process_result_destroy(&result);
    return out;
}

static void assert_prints(const char *sandbox, const char *command, const char *setting,
                          const char *text)
{
    char *out = run(sandbox, command, setting);

    assert_string_equal(out, text);
    free(out);
}

FOLDER_TEST(a_program_sees_a_small_environment)
{
    char *sandbox = open_sandbox();

    assert_int_equal(setenv("HEDDLE_TEST_SECRET", "1", 1), 0);
    assert_int_equal(setenv("ASAN_OPTIONS", "verbosity=0", 1), 0);
    assert_prints(sandbox, "echo \"$HEDDLE_TEST_SECRET,$ASAN_OPTIONS,$LC_ALL\"", NULL,
                  ",verbosity=0,C.UTF-8\n");
    assert_prints(sandbox, "test \"$HOME\" = \"$PWD\" && test \"$TMPDIR\" = \"$PWD\" && ls", NULL,
                  "");
    unsetenv("HEDDLE_TEST_SECRET");
    unsetenv("ASAN_OPTIONS");
    assert_true(sandbox_close(sandbox));
}

FOLDER_TEST(what_a_test_sets_comes_first)
{
    char *sandbox = open_sandbox();

    assert_prints(sandbox, "echo $LC_ALL", "LC_ALL=C", "C\n");
    assert_prints(sandbox, "echo $LC", "LC=x", "x\n");
    assert_true(sandbox_close(sandbox));
}

FOLDER_TEST(a_sandbox_goes_with_all_it_holds_and_no_more)
{
    char *sandbox = open_sandbox();

    mkdir("kept", 0777);
    put_file("kept/file", "kept\n");
    assert_prints(sandbox,
                  "mkdir -p a/b c && : >a/b/d && chmod 0 a/b/d a/b && chmod 0500 a && "
                  "ln -s ../kept kept && ln -s nowhere c/e && mkfifo c/f",
                  NULL, "");
    assert_true(sandbox_close(sandbox));
    check_file("kept/file", "kept\n");
    folder_remove("kept");
    assert_int_equal(rmdir(folder_path), 0); /* it is empty */
}

static bool is_child(pid_t pid)
{
    size_t count;
    pid_t *children = orphans_children(&count);
    bool found = false;

    for (size_t i = 0; i < count; i++)
        found = found || children[i] == pid;
    free(children);
    return found;
}

/* A child that waits to be killed, and does not outlive a test that fails. */
static pid_t start_child(void)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (pid == 0)
        pause();
    return pid;
}

/* A process in a session of its own, which no group's end reaches. */
static pid_t start_daemon(const char *sandbox)
{
    char *out =
        run(sandbox,
            "setsid sh -c 'echo $$ >pid; cd /; exec sleep 1000' </dev/null >/dev/null 2>&1 & "
            "until test -s pid; do :; done; cat pid",
            NULL);
    pid_t pid = (pid_t)strtol(out, NULL, 10);

    free(out);
    assert_true(pid > 0);
    assert_int_equal(getsid(pid), pid);
    return pid;
}

FOLDER_TEST(a_daemon_ends_with_its_sandbox_and_others_do_not)
{
    struct sandbox_guard guard;
    pid_t other = start_child(), daemon;
    char *sandbox = open_sandbox();

    sandbox_guard_begin(&guard);
    daemon = start_daemon(sandbox);
    assert_true(sandbox_close(sandbox));
    assert_int_equal(kill(daemon, 0), -1);
    assert_true(is_child(other));
    sandbox_guard_end(&guard);
    assert_true(is_child(other)); /* it was there before the guard */
    kill(other, SIGKILL);
    assert_int_equal(waitpid(other, NULL, 0), other);
}

FOLDER_TEST(the_guards_end_ends_what_came_since)
{
    struct sandbox_guard guard;
    struct rlimit before, within, after;
    pid_t child;

    getrlimit(RLIMIT_CORE, &before);
    sandbox_guard_begin(&guard);
    getrlimit(RLIMIT_CORE, &within);
    assert_int_equal(within.rlim_cur, 0);
    child = start_child();
    sandbox_guard_end(&guard);
    assert_int_equal(kill(child, 0), -1);
    getrlimit(RLIMIT_CORE, &after);
    assert_int_equal(after.rlim_cur, before.rlim_cur);
}

FOLDER_TEST(who_is_killed_is_left_to_who_waits)
{
    size_t count;
    pid_t known = start_child(), *children = orphans_children(&count), child = start_child();
    int status;

    orphans_kill_all(children, count);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(waitpid(known, &status, WNOHANG), 0);
    kill(known, SIGKILL);
    assert_int_equal(waitpid(known, NULL, 0), known);
    free(children);
}

TEST(a_limit_is_longer_where_more_want_to_run_than_can)
{
    assert_int_equal(sandbox_stretch(10000, 0.3, 2), 10000);
    assert_int_equal(sandbox_stretch(10000, 2, 2), 10000);
    assert_int_equal(sandbox_stretch(10000, 24, 2), 120000);
    assert_int_equal(sandbox_stretch(0, 24, 2), 0); /* none */
    assert_int_equal(sandbox_stretch(10000, 24, -1), 10000);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
