/* The sentences about a child: what they name, and what they never let through. */
#define _GNU_SOURCE /* pipe2, syscall */

#include "process_check.h"

static char folder[] = "/tmp/test-words-XXXXXX";

FIXTURE(note_descriptors, expect_nothing_left);

static void expect_words(const char *name, const char *shown)
{
    char expected[256];

    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("sh", "-c", "exit 1", name)), 0);
    snprintf(expected, sizeof expected,
             "Command '['sh', '-c', 'exit 1', '%s']' returned non-zero exit status 1.", shown);
    assert_string_equal(result.message, expected);
}

TEST(what_a_terminal_would_obey_is_shown_by_its_number)
{
    expect_words("\x1b[2J", "\\x1b[2J");
    expect_words("\xc2\x9b"
                 "2J",
                 "\\x9b2J");
    expect_words("\xc2\x80\xc2\x9f\xc2\xa0", "\\x80\\x9f\xc2\xa0");
    expect_words("\xe2\x80\xae"
                 "fdp.exe",
                 "\\u202efdp.exe");
    expect_words("\xe2\x80\xa8", "\\u2028");
    expect_words("\xef\xbb\xbf", "\\ufeff");
    expect_words("\xe1\xa0\x8e\xe3\x85\xa4\xef\xbf\xb9", "\\u180e\\u3164\\ufff9");
    expect_words("\xf0\x9d\x85\xb3\xf3\xa0\x84\x80", "\\U0001d173\\U000e0100");
}

TEST(what_is_no_utf_8_is_shown_byte_by_byte)
{
    expect_words("\xff", "\\xff");
    expect_words("a\x9b", "a\\x9b");
    expect_words("\xc3", "\\xc3");
    expect_words("\xc3(", "\\xc3(");
    expect_words("\xe2\x82", "\\xe2\\x82");
    expect_words("\xc0\xaf", "\\xc0\\xaf");
    expect_words("\xe0\x80\xaf", "\\xe0\\x80\\xaf");
    expect_words("\xed\xa0\x80", "\\xed\\xa0\\x80");
    expect_words("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
}

TEST(letters_of_every_kind_are_shown_as_they_are)
{
    expect_words("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xed\x9f\xbf\xee\x80\x80",
                 "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xed\x9f\xbf\xee\x80\x80");
}

static void expect_end(int err, const char *end)
{
    assert_int_not_equal(err, 0);
    if (strlen(result.message) < strlen(end) ||
        strcmp(result.message + strlen(result.message) - strlen(end), end) != 0)
        fail_msg("\"%s\" does not end with \"%s\"", result.message, end);
    process_result_destroy(&result);
}

static void write_tool(char path[64], const char *name, const char *text)
{
    FILE *to;

    snprintf(path, 64, "%s/%s", folder, name);
    to = fopen(path, "w");
    assert_non_null(to);
    fputs(text, to);
    fclose(to);
    assert_int_equal(chmod(path, 0700), 0);
}

TEST(the_interpreter_that_is_missing_is_named)
{
    char tool[64], end[256];

    skip_under_valgrind();
    write_tool(tool, "tool", "#! /no/such/interpreter -x\nhello\n");
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV(tool)),
               "could not be run: its interpreter '/no/such/interpreter': "
               "No such file or directory");
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV("./tool"), .cwd = folder),
               "could not be run: its interpreter '/no/such/interpreter': "
               "No such file or directory");
    snprintf(end, sizeof end,
             "could not be run: '%s': its interpreter '/no/such/interpreter': "
             "No such file or directory",
             tool);
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV("tool"), .env = PROCESS_ARGV("PATH=/no/such"),
                           .executable = tool),
               end);
    unlink(tool);
}

TEST(a_program_that_is_not_argv_0_is_named)
{
    char tool[64], path[128], end[256];

    skip_under_valgrind();
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV("x"), .executable = "/no/such/program"),
               "could not be run: '/no/such/program': No such file or directory");
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV("x"), .executable = "no-such-program"),
               "could not be run: 'no-such-program': No such file or directory");
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV("no-such-program")),
               "Command '['no-such-program']' could not be run: No such file or directory");
    write_tool(tool, "broken", "no program\n");
    snprintf(path, sizeof path, "PATH=/no/such:%s", folder);
    snprintf(end, sizeof end, "could not be run: '%s': Exec format error", tool);
    expect_end(PROCESS_RUN(&result, PROCESS_ARGV("broken"), .env = PROCESS_ARGV(path)), end);
    unlink(tool);
}

/* As somebody who may run it, and read neither it nor its directory. */
static int lack_an_interpreter_unread(void)
{
    static const char *const ends[] = {
        "its interpreter '/no/such/interpreter': No such file or directory",
        "could not be run: its interpreter: No such file or directory",
    };
    struct process_result r;
    int wrong = 0;

    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 77;
    for (int i = 0; i < 2; i++) {
        wrong |= PROCESS_RUN(&r, PROCESS_ARGV(i == 0 ? "./seen" : "./unseen"), .cwd = folder) !=
                     ENOENT ||
                 strstr(r.message, ends[i]) == NULL;
        process_result_destroy(&r);
    }
    return wrong;
}

TEST(what_may_be_run_and_not_read_is_named_as_far_as_it_can_be)
{
    char seen[64], unseen[64];

    skip_under_valgrind();
    write_tool(seen, "seen", "#!/no/such/interpreter\n");
    write_tool(unseen, "unseen", "#!/no/such/interpreter\n");
    chmod(seen, 0755);
    chmod(unseen, 0111);
    chmod(folder, 0711 & ~0600);
    expect_zero_in_a_fork(lack_an_interpreter_unread);
    chmod(folder, 0700);
    unlink(seen);
    unlink(unseen);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    int failed;

    make_folder(NULL);
    failed = run_in_each_mode();
    return failed + remove_folder(NULL);
}
