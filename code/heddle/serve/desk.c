#include "heddle/serve/desk.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "heddle/base/array.h"

/* Opening --------------------------------------------------------------------- */

void desk_open(struct desk *desk, const struct desk_options *options)
{
    *desk = (struct desk){.options = options, .step = DESK_STEPS};
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->changed, NULL);
    child_open(&desk->child);
    child_open(&desk->asked);
    desk->saved.folder = ".";
    desk->draft.folder = DESK_SCRATCH;
    desk->saved.version = desk->versions = 1;
    desk->saved.pages = desk->draft.pages = 1000 * (unsigned long)time(NULL);
    desk_publish(desk);
}

static void free_book(struct desk_book *book)
{
    buf_free(&book->fault);
    buf_free(&book->trouble);
    buf_free(&book->woven);
    buf_free(&book->names);
    buf_free(&book->listings);
    truth_free(&book->truth);
}

void desk_close(struct desk *desk)
{
    free_book(&desk->saved);
    free_book(&desk->draft);
    drafts_close(&desk->drafts);
    child_close(&desk->child);
    child_close(&desk->asked);
    buf_free(&desk->news);
    pthread_cond_destroy(&desk->changed);
    pthread_mutex_destroy(&desk->lock);
}

/* News ------------------------------------------------------------------------ */

static const char *stage_of(const struct desk *desk, const struct desk_book *book)
{
    static const char *const names[] = {"weaving", "reading", "compiling", "running", "exploring"};

    if (desk->at == book && desk->step < DESK_STEPS)
        return names[desk->step];
    for (int step = 0; step < DESK_STEPS; step++)
        if (book->done[step] != book->version)
            return "waiting";
    return "done";
}

static void add_text(struct buf *news, const char *name, const struct buf *text)
{
    buf_addf(news, ",\n\"%s\": ", name);
    buf_add_json(news, buf_span(text));
}

static void add_book(const struct desk *desk, const struct desk_book *book, struct buf *news)
{
    buf_addf(news, "{\"pages\": %lu, \"current\": %s, \"stage\": \"%s\"", book->pages,
             book->shown == book->version ? "true" : "false", stage_of(desk, book));
    add_text(news, "fault", &book->fault);
    add_text(news, "trouble", &book->trouble);
    buf_adds(news, ",\n\"listings\": ");
    /* what was found for another text is not told of this one */
    if (book->listings.len > 0)
        buf_add(news, buf_span(&book->listings));
    else
        buf_adds(news, "null");
    buf_addc(news, '}');
}

void desk_publish(struct desk *desk)
{
    desk->news.len = 0;
    buf_adds(&desk->news, "{\"saved\": ");
    add_book(desk, &desk->saved, &desk->news);
    buf_adds(&desk->news, ",\n\"draft\": ");
    if (desk->draft.version > 0)
        add_book(desk, &desk->draft, &desk->news);
    else
        buf_adds(&desk->news, "null");
    buf_addc(&desk->news, '}');
    desk->news_number++;
    if (desk->tell != NULL)
        desk->tell(desk->context);
}

/* Changes --------------------------------------------------------------------- */

/* With the lock. */
static void renew(struct desk *desk, struct desk_book *book)
{
    book->version = ++desk->versions;
    book->listings.len = 0;
    child_stop(&desk->child);
    desk_publish(desk);
    pthread_cond_signal(&desk->changed);
}

/* A draft is seen against the other chapters of now. */
void desk_chapters_changed(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    renew(desk, &desk->saved);
    if (desk->draft.version > 0)
        renew(desk, &desk->draft);
    pthread_mutex_unlock(&desk->lock);
}

bool desk_write_draft(struct desk *desk, struct span path, struct span text)
{
    bool put = drafts_is_chapter(desk->options->chapters, desk->options->chapter_count, path);

    pthread_mutex_lock(&desk->lock);
    if (put && drafts_put(&desk->drafts, path, text))
        renew(desk, &desk->draft);
    pthread_mutex_unlock(&desk->lock);
    return put;
}

void desk_drop_drafts(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    drafts_close(&desk->drafts);
    desk->draft.version = 0;
    child_stop(&desk->child);
    desk_publish(desk);
    pthread_cond_signal(&desk->changed);
    pthread_mutex_unlock(&desk->lock);
}

void desk_ask(struct desk *desk, struct desk_ask *ask)
{
    struct desk_ask **last = &desk->asks;

    pthread_mutex_lock(&desk->lock);
    while (*last != NULL)
        last = &(*last)->next;
    *last = ask;
    pthread_cond_signal(&desk->changed);
    pthread_mutex_unlock(&desk->lock);
}

/* The thread ------------------------------------------------------------------ */

static struct desk_book *book_of(struct desk *desk, const struct desk_ask *ask)
{
    return ask->draft && desk->draft.version > 0 ? &desk->draft : &desk->saved;
}

static bool is_due(const struct desk_book *book, enum desk_step step)
{
    return book->version > 0 && book->done[step] != book->version;
}

/* The first that is not done, up to a step. */
static bool find_due(struct desk_book *book, enum desk_step last, enum desk_step *step)
{
    for (*step = DESK_WEAVE; *step <= last; (*step)++)
        if (is_due(book, *step))
            return true;
    return false;
}

/* Pages are waited for, and a draft's more than others. What is asked for needs
 * the programs of its book. */
static bool pick(struct desk *desk, struct desk_book **book, enum desk_step *step)
{
    struct desk_book *books[] = {&desk->draft, &desk->saved};

    for (size_t i = 0; i < 2; i++)
        if (find_due(*book = books[i], DESK_WEAVE, step))
            return true;
    if (desk->asks != NULL)
        return find_due(*book = book_of(desk, desk->asks), DESK_COMPILE, step);
    for (size_t i = 0; i < 2; i++)
        if (find_due(*book = books[i], DESK_EXPLORE, step))
            return true;
    return false;
}

static void do_step(struct desk *desk, struct desk_book *book, enum desk_step step)
{
    unsigned long version = book->version;

    desk->at = book;
    desk->step = step;
    child_allow(&desk->child);
    desk_publish(desk);
    pthread_mutex_unlock(&desk->lock);
    desk_do(desk, book, step, version);
    pthread_mutex_lock(&desk->lock);
    desk->step = DESK_STEPS;
    desk_publish(desk);
}

static void answer(struct desk *desk, struct desk_ask *ask)
{
    desk->asks = ask->next;
    child_allow(&desk->child);
    pthread_mutex_unlock(&desk->lock);
    desk_answer(desk, ask);
    pthread_mutex_lock(&desk->lock);
    ask->done = true;
    ask->tell(ask);
}

static void *work(void *argument, struct thread_error *error)
{
    struct desk *desk = argument;
    struct desk_book *book;
    enum desk_step step;

    (void)error;
    pthread_mutex_lock(&desk->lock);
    while (!desk->over) {
        if (pick(desk, &book, &step))
            do_step(desk, book, step);
        else if (desk->asks != NULL)
            answer(desk, desk->asks);
        else
            pthread_cond_wait(&desk->changed, &desk->lock);
    }
    while (desk->asks != NULL) {
        struct desk_ask *ask = desk->asks;

        desk->asks = ask->next;
        ask->done = true;
        ask->tell(ask);
    }
    pthread_mutex_unlock(&desk->lock);
    return NULL;
}

bool desk_start(struct desk *desk)
{
    return thread_start(&desk->thread, "desk", work, desk) == 0;
}

void desk_stop(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    desk->over = true;
    child_stop(&desk->child);
    child_stop(&desk->asked);
    pthread_cond_signal(&desk->changed);
    pthread_mutex_unlock(&desk->lock);
    if (desk->thread.joinable && thread_join(&desk->thread, NULL, NULL) != 0)
        return;
}
