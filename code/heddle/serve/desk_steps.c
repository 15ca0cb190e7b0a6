/*
 * What the desk's thread does: one step of a book, or what a page asks for. Each is
 * this heddle, or Make, run in the book's folder.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/disk/file.h"
#include "heddle/serve/desk.h"

/* How long each may take, lest a program that never ends keeps all others waiting.
 * heddle test has limits of its own for each program. */
enum {
    PAGES_MS = 60 * 1000,
    COMPILE_MS = 300 * 1000,
    TEST_MS = 120 * 1000,
    EXPLORE_MS = 120 * 1000,
    BEHIND = 5 /* nice(2), for all but pages */
};

/* Commands ---------------------------------------------------------------------- */

struct command {
    const char **words;
    size_t count, cap;
    struct buf out, err;
    int status;
    bool asked; /* no change stops it */
};

static void add_word(struct command *command, const char *word)
{
    *ARRAY_PUSH(command->words, command->count, command->cap) = word;
}

static void add_words(struct command *command, const char *const *words)
{
    for (; *words != NULL; words++)
        add_word(command, *words);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void add_chapters(struct command *command, const struct desk *desk)
{
    for (size_t i = 0; i < desk->options->chapter_count; i++)
        add_word(command, desk->options->chapters[i]);
}

static void run(struct desk *desk, const struct desk_book *book, struct command *command,
                int64_t limit_ms, int nice)
{
    add_word(command, NULL);
    command->status = child_run(command->asked ? &desk->asked : &desk->child,
                                &(const struct child_call){.argv = command->words,
                                                           .folder = book->folder,
                                                           .limit_ms = limit_ms,
                                                           .nice = nice},
                                &command->out, &command->err);
}

static void end(struct command *command)
{
    free(command->words);
    buf_free(&command->out);
    buf_free(&command->err);
}

/* What goes wrong beyond the book's own faults. */
static void explain(const struct command *command, const char *what, struct buf *out)
{
    if (command->status == CHILD_TOO_LONG)
        buf_addf(out, "%s took too long here, and was ended; the terminal knows no such limit\n",
                 what);
    else if (command->status == CHILD_NOT_RUN || command->status == 2 || command->status < 0)
        buf_addf(out, "%s: %.*s\n", what, SPAN_ARG(buf_span(&command->err)));
}

/* Putting down ------------------------------------------------------------------- */

static bool is_now(const struct desk_book *book, unsigned long version)
{
    return book->version == version;
}

static void set_text(struct buf *text, struct span value)
{
    text->len = 0;
    buf_add(text, value);
}

/* With the lock: what is known of the text that the pages show. */
static void put_listings(struct desk_book *book, unsigned long version, enum truth_known known)
{
    if (!is_now(book, version))
        return;
    book->listings.len = 0;
    if (book->shown == version)
        truth_print(&book->truth, known, &book->listings);
}

static void put(struct desk *desk, struct desk_book *book, enum desk_step step,
                unsigned long version, const struct command *command, enum truth_known known)
{
    static const char *const names[] = {"weaving", "tangling", "compiling", "testing", "exploring"};

    pthread_mutex_lock(&desk->lock);
    if (command == NULL || command->status != CHILD_STOPPED) {
        book->done[step] = version;
        if (command != NULL)
            explain(command, names[step], &book->trouble);
        put_listings(book, version, known);
    }
    pthread_mutex_unlock(&desk->lock);
}

/* Pages -------------------------------------------------------------------------- */

static struct drafts copy_drafts(struct desk *desk)
{
    struct drafts copy = {0};

    pthread_mutex_lock(&desk->lock);
    for (size_t i = 0; i < desk->drafts.count; i++)
        drafts_put(&copy, buf_span(&desk->drafts.list[i].path),
                   buf_span(&desk->drafts.list[i].text));
    pthread_mutex_unlock(&desk->lock);
    return copy;
}

static void write_drafts(struct desk *desk, const struct desk_book *book)
{
    struct drafts copy;
    struct diags diags = {0};

    if (book != &desk->draft)
        return;
    copy = copy_drafts(desk);
    drafts_write(&copy, DESK_SCRATCH, desk->options->chapters, desk->options->chapter_count,
                 &diags);
    diag_print(&diags, stderr, false);
    diag_free(&diags);
    drafts_close(&copy);
}

static void weave(struct desk *desk, struct desk_book *book, unsigned long version)
{
    struct command command = {0};

    write_drafts(desk, book);
    add_words(&command,
              WORDS(desk->options->heddle, "weave", "--quiet", "--places", "-o", DESK_PAGES,
                    "--deck", desk->options->deck, "--modules", desk->options->modules));
    add_chapters(&command, desk);
    run(desk, book, &command, PAGES_MS, 0);
    pthread_mutex_lock(&desk->lock);
    if (command.status != CHILD_STOPPED) {
        if (book->shown != version) /* else it is woven again for its pictures */
            book->trouble.len = book->fault.len = book->listings.len = 0;
        book->done[DESK_WEAVE] = version;
        if (command.status == 0) {
            book->shown = version;
            book->pages++;
        } else {
            set_text(&book->fault, buf_span(&command.err));
        }
    }
    pthread_mutex_unlock(&desk->lock);
    end(&command);
}

/* The truth ---------------------------------------------------------------------- */

/* Make would tangle once more where a chapter is younger than what came of it. */
static void touch_makefile(const struct desk_book *book)
{
    struct buf path = {0};

    buf_addf(&path, "%s/build/book.mk", book->folder);
    utimensat(AT_FDCWD, buf_string(&path), NULL, 0);
    buf_free(&path);
}

static void read_truth(struct desk *desk, struct desk_book *book)
{
    const char *const usual[] = {"chapters"};
    bool all = desk->options->chapter_count == 0;
    struct buf names = {0};

    truth_read(&book->truth, all ? usual : desk->options->chapters,
               all ? 1 : desk->options->chapter_count, book == &desk->draft ? book->folder : "");
    truth_print_names(&book->truth, &names);
    pthread_mutex_lock(&desk->lock);
    set_text(&book->names, buf_span(&names));
    pthread_mutex_unlock(&desk->lock);
    buf_free(&names);
}

static void tangle(struct desk *desk, struct desk_book *book, unsigned long version)
{
    struct command command = {0};

    add_words(&command, WORDS(desk->options->heddle, "tangle", "--quiet", "--annotated",
                              "build/annotated", "--makefile", "build/book.mk"));
    add_chapters(&command, desk);
    run(desk, book, &command, PAGES_MS, 0);
    if (command.status != CHILD_STOPPED)
        read_truth(desk, book);
    touch_makefile(book);
    pthread_mutex_lock(&desk->lock);
    book->tangles = command.status == 0;
    if (command.status == 1 && book->fault.len == 0)
        set_text(&book->fault, buf_span(&command.err));
    pthread_mutex_unlock(&desk->lock);
    put(desk, book, DESK_TANGLE, version, command.status == 1 ? NULL : &command, TRUTH_NOTHING);
    end(&command);
}

static void make(struct desk *desk, const struct desk_book *book, struct command *command,
                 const char *goal, int64_t limit_ms)
{
    char jobs[32];
    struct buf heddle = {0}, explorer = {0};
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    snprintf(jobs, sizeof jobs, "-j%ld", processors > 0 ? processors : 1);
    buf_addf(&heddle, "HEDDLE=%s", desk->options->heddle);
    buf_addf(&explorer, "BOOK_EXPLORER=%s", desk->options->explorer);
    add_words(command, WORDS("make", "-k", "-s", "--no-print-directory", jobs, "-f",
                             "build/book.mk", buf_string(&heddle), buf_string(&explorer), goal));
    run(desk, book, command, limit_ms, BEHIND);
    buf_free(&heddle);
    buf_free(&explorer);
}

/* A fault at a line is the listing's; what has no line is told of all. */
static void explain_make(struct desk_book *book, struct command *command)
{
    if (command->status > 0 && book->truth.fault_count > 0)
        command->status = 1;
}

static void compile(struct desk *desk, struct desk_book *book, unsigned long version)
{
    struct command command = {0};

    make(desk, book, &command, "book-compiled", COMPILE_MS);
    truth_compiled(&book->truth, buf_span(&command.err));
    explain_make(book, &command);
    put(desk, book, DESK_COMPILE, version, &command, TRUTH_COMPILED);
    end(&command);
}

static void run_tests(struct desk *desk, struct desk_book *book, enum desk_step step,
                      unsigned long version, enum truth_known known)
{
    struct command command = {0};

    add_words(&command,
              WORDS(desk->options->heddle, "test", "--json", "--quiet", "-o", "build/plain"));
    if (desk->options->isolated)
        add_word(&command, "--isolate");
    add_chapters(&command, desk);
    run(desk, book, &command, TEST_MS, BEHIND);
    if (command.status == 0 || command.status == 1)
        truth_tested(&book->truth, buf_span(&command.out));
    put(desk, book, step, version, &command, known);
    end(&command);
}

static bool has_outcomes(const struct web *web)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].kind == SNIPPET_OUTCOMES)
            return true;
    return false;
}

/* Outcomes are drawn as they were found now. */
static void weave_again(struct desk *desk, struct desk_book *book)
{
    pthread_mutex_lock(&desk->lock);
    book->done[DESK_WEAVE] = 0;
    pthread_mutex_unlock(&desk->lock);
}

static void explore(struct desk *desk, struct desk_book *book, unsigned long version)
{
    struct command command = {0};

    if (!has_outcomes(&book->truth.web)) {
        put(desk, book, DESK_EXPLORE, version, NULL, TRUTH_EXPLORED);
        return;
    }
    make(desk, book, &command, "book-programs", EXPLORE_MS);
    explain_make(book, &command);
    if (command.status == CHILD_STOPPED || command.status == CHILD_TOO_LONG)
        put(desk, book, DESK_EXPLORE, version, &command, TRUTH_TESTED);
    else
        run_tests(desk, book, DESK_EXPLORE, version, TRUTH_EXPLORED);
    if (command.out.len > 0)
        weave_again(desk, book);
    end(&command);
}

void desk_do(struct desk *desk, struct desk_book *book, enum desk_step step, unsigned long version)
{
    if (step == DESK_WEAVE)
        weave(desk, book, version);
    else if (step == DESK_TANGLE)
        tangle(desk, book, version);
    else if (!book->tangles)
        put(desk, book, step, version, NULL, TRUTH_NOTHING);
    else if (step == DESK_COMPILE)
        compile(desk, book, version);
    else if (step == DESK_TEST)
        run_tests(desk, book, DESK_TEST, version, TRUTH_TESTED);
    else
        explore(desk, book, version);
}

/* What is asked for ---------------------------------------------------------------- */

/* The chapter of a test's name, "chapters/x.md:57 hello". */
static struct span chapter_of(struct span name)
{
    struct span rest = name, before;

    return span_find(&rest, ".md:", &before) ? (struct span){name.ptr, before.len + 3} : rest;
}

/* A draft's block was written in the copy: it is the draft now, and the page's. */
static void take_blessed(struct desk *desk, struct desk_ask *ask, const struct desk_book *book)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct buf path = {0};
    struct span text;

    buf_addf(&path, "%s/%.*s", book->folder, SPAN_ARG(chapter_of(ask->name)));
    if (file_read(&arena, buf_string(&path), &text, &diags)) {
        buf_adds(&ask->answer, ", \"text\": ");
        buf_add_json(&ask->answer, text);
        desk_write_draft(desk, chapter_of(ask->name), text);
    }
    buf_free(&path);
    arena_free(&arena);
    diag_free(&diags);
}

/* The author has seen the difference and wants it, whatever git has by now. */
static void bless(struct desk *desk, const struct desk_book *book, struct command *command,
                  const char *name)
{
    add_words(command, WORDS(desk->options->heddle, "test", "--bless", "--force", "-o",
                             "build/plain", "--filter", name));
    add_chapters(command, desk);
    run(desk, book, command, TEST_MS, BEHIND);
}

static void explore_now(struct desk *desk, const struct desk_book *book, struct command *command,
                        const char *name)
{
    add_words(command, WORDS(desk->options->heddle, "explore", "--seconds", "20", "--", name));
    run(desk, book, command, EXPLORE_MS, BEHIND);
}

void desk_answer(struct desk *desk, struct desk_ask *ask)
{
    struct desk_book *book = ask->draft && desk->draft.version > 0 ? &desk->draft : &desk->saved;
    struct arena arena = {0};
    struct command command = {.asked = ask->wish == DESK_BLESS};
    const char *name = arena_copy(&arena, ask->name.ptr, ask->name.len);

    if (ask->wish == DESK_BLESS)
        bless(desk, book, &command, name);
    else
        explore_now(desk, book, &command, name);
    ask->status = command.status;
    buf_addf(&ask->answer, "{\"status\": %d, \"said\": ", command.status);
    if (command.out.len == 0) /* else it is what Make did, of no interest now */
        buf_add(&command.out, buf_span(&command.err));
    if (command.status == CHILD_STOPPED)
        buf_adds(&command.out, "stopped, for the text has changed\n");
    buf_add_json(&ask->answer, buf_span(&command.out));
    if (ask->wish == DESK_BLESS && book == &desk->draft && command.status >= 0)
        take_blessed(desk, ask, book);
    buf_addc(&ask->answer, '}');
    end(&command);
    arena_free(&arena);
}
