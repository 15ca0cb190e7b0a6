#define _GNU_SOURCE
#include "explore/search/crowd.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/search/findings.h"
#include "explore/search/patience.h"
#include "explore/search/progress.h"
#include "explore/search/slot.h"
#include "explore/world/worlds.h"

enum { WORKERS_MOST = 64, LOOK_MS = 100 };

/* What all the processes see. */
struct board {
    unsigned next;  /* of the list: nobody has begun it */
    unsigned last;  /* what is behind that part is of no matter */
    unsigned ended; /* parts */
    bool is_over;   /* whatever is on its way is given up */
    unsigned long runs[WORKERS_MOST];
    unsigned depth;
    int error; /* why somebody could not write what was found */
};

static struct board *board;
static unsigned worker, part_number; /* of this process */

static struct kept_part *known; /* of each part: what was found */
static bool *is_known;
static unsigned part_count;

void crowd_begin(unsigned parts)
{
    free(known);
    free(is_known);
    known = calloc(parts + 1, sizeof *known);
    is_known = calloc(parts + 1, sizeof *is_known);
    part_count = parts;
    if (board == NULL)
        board =
            mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (known == NULL || is_known == NULL || board == MAP_FAILED)
        abort();
    *board = (struct board){.last = UINT32_MAX};
}

void crowd_add(const struct kept_part *part)
{
    known[part->number] = *part;
    is_known[part->number] = true;
}

/* A worker ------------------------------------------------------------------------------- */

static unsigned last_part(void)
{
    return __atomic_load_n(&board->last, __ATOMIC_RELAXED);
}

/* Asked after each run. */
static bool is_enough(const struct exploration *all)
{
    __atomic_store_n(&board->runs[worker], board->runs[worker] + 1, __ATOMIC_RELAXED);
    __atomic_store_n(&board->depth, (unsigned)(all->steps / (all->runs + all->redundant + 1)),
                     __ATOMIC_RELAXED);
    return __atomic_load_n(&board->is_over, __ATOMIC_RELAXED) || last_part() < part_number;
}

static void note_last(unsigned part)
{
    unsigned last = last_part();

    while (part < last && !__atomic_compare_exchange_n(&board->last, &last, part, false,
                                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        ;
}

/* Nothing that was found before belongs to the part. */
static void clear(struct exploration *all)
{
    round_forget(all);
    all->findings = NULL;
    all->finding_count = 0;
    all->restarts = all->forked = 0;
    all->bounded = false;
}

static bool is_given_up(const struct exploration *all)
{
    return all->stop == STOP_ASKED || all->stop == STOP_SECONDS;
}

static enum round round_of_part(struct exploration *all, const struct whole *whole)
{
    enum round round;

    if (whole->graphs != NULL) {
        graphs_part(whole->graphs, part_number);
        return round_of_graphs(all, whole->graphs, 0);
    }
    search_part(whole->search, part_number);
    round = round_of_steps(all, whole->search, 0);
    all->bounded = whole->search->bounded;
    return round;
}

/* True in a process that is to go on as the program. */
static bool explore_part(struct exploration *all, const struct whole *whole, int store)
{
    struct kept_part part = {.number = part_number};

    clear(all);
    part.round = round_of_part(all, whole);
    if (part.round == ROUND_IS_PROGRAM || (part.round == ROUND_DONE && exploration_look_again(all)))
        return true;
    all->forked = exploration_forked();
    part.is_whole = !is_given_up(all);
    if (part.is_whole && (part.round != ROUND_DONE || all->stop != STOP_NOT))
        note_last(part_number);
    part.found = *all;
    if (!kept_write_part(store, &part)) {
        board->error = errno;
        __atomic_store_n(&board->is_over, true, __ATOMIC_RELAXED);
        real.exit_now(1);
    }
    __atomic_fetch_add(&board->ended, 1, __ATOMIC_RELAXED);
    return false;
}

static bool work(struct exploration *all, const struct whole *whole, const unsigned *list,
                 unsigned count, int store)
{
    all->is_enough = is_enough;
    for (;;) {
        unsigned next = __atomic_fetch_add(&board->next, 1, __ATOMIC_RELAXED);

        if (next >= count || list[next] > last_part() ||
            __atomic_load_n(&board->is_over, __ATOMIC_RELAXED) || patience_is_out())
            real.exit_now(0);
        part_number = list[next];
        if (explore_part(all, whole, store))
            return true;
        if (is_given_up(all))
            real.exit_now(0);
    }
}

/* Whoever waits for them -------------------------------------------------------------------- */

static void tell(struct exploration *all, const struct exploration *before, unsigned count)
{
    unsigned long runs = before->runs;

    for (unsigned i = 0; i < WORKERS_MOST; i++)
        runs += __atomic_load_n(&board->runs[i], __ATOMIC_RELAXED);
    all->runs = runs;
    all->seconds = round_time() - all->begun;
    if (patience_wants(round_time()))
        progress_show(all, count > 0 ? (double)board->ended / count : 1, board->depth);
}

static bool is_late(const struct exploration *all)
{
    return patience_is_out() || (all->options->seconds > 0 &&
                                 round_time() - all->begun >= (double)all->options->seconds);
}

/* Its status; while it lasts, the line is kept up. */
static int wait_for(struct exploration *all, pid_t pid, unsigned count)
{
    int pidfd = (int)real.syscall(SYS_pidfd_open, pid, 0), status = 0;
    struct pollfd fd = {.fd = pidfd, .events = POLLIN};
    const struct exploration before = *all;

    while (pidfd >= 0 && real.poll(&fd, 1, LOOK_MS) <= 0) {
        tell(all, &before, count);
        if (is_late(all))
            __atomic_store_n(&board->is_over, true, __ATOMIC_RELAXED);
    }
    all->runs = before.runs;
    if (pidfd >= 0)
        real.close(pidfd);
    while (real.waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* In a new process. Its streams are its own. */
static void settle(struct exploration *all, unsigned number)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    worker = number;
    all->jobs = 1;
    patience_is_others();
    worlds_forked();
    exploration_settle(number);
}

/* True in a process that is to go on as the program; false in whoever waits. */
static bool start(struct exploration *all, const struct whole *whole, const unsigned *list,
                  unsigned count, int store)
{
    unsigned workers = all->options->workers > 0 ? (unsigned)all->options->workers : 1;
    pid_t pids[WORKERS_MOST];
    bool failed = false;

    for (unsigned i = 0; i < workers; i++) {
        pids[i] = real.fork();
        if (pids[i] == 0) {
            settle(all, i);
            return work(all, whole, list, count, store);
        }
    }
    for (unsigned i = 0; i < workers; i++)
        failed = pids[i] < 0 || wait_for(all, pids[i], count) != 0 || failed;
    if (failed) {
        all->stop = STOP_REFUSED;
        all->fault = strdup(board->error != 0 ? strerror(board->error)
                                              : "a process that explored a part of it was ended");
    }
    return false;
}

/* What was found ------------------------------------------------------------------------------ */

/* Behind what was there before. */
static void read_store(int store, off_t from)
{
    off_t end = lseek(store, 0, SEEK_END);
    struct kept kept = {.size = (size_t)(end - from), .bytes = malloc((size_t)(end - from) + 1)};
    struct kept_part part;
    size_t at = 0;

    if (kept.bytes == NULL || pread(store, kept.bytes, kept.size, from) != end - from)
        abort();
    while (kept_next(&kept, &at, &part))
        crowd_add(&part);
    free(kept.bytes);
}

static void join_worth(struct exploration *all, const struct exploration *found)
{
    for (uint32_t i = 0; i < found->doubt_count; i++)
        exploration_doubt(all, found->doubts[i].place, found->doubts[i].text);
    if (found->is_weak && !all->is_weak) {
        all->is_weak = true;
        all->weak = found->weak;
    }
    all->waits = all->waits || found->waits;
    all->bounded = all->bounded || found->bounded;
}

static void join(struct exploration *all, struct exploration *found)
{
    for (size_t i = 0; i < found->outcomes.count; i++)
        outcomes_join(&all->outcomes, &found->outcomes.list[i]);
    for (size_t i = 0; i < found->finding_count; i++)
        findings_add(all, &found->findings[i]);
    for (uint32_t i = 0; i < found->plan->site_count; i++)
        findings_add_site(all, found->plan->sites[i]);
    join_worth(all, found);
    all->runs += found->runs;
    all->redundant += found->redundant;
    all->steps += found->steps;
    all->forked += found->forked;
    if (all->stop == STOP_NOT && found->stop != STOP_NOT) {
        all->stop = found->stop;
        all->fault = found->fault;
        all->fault_place = found->fault_place;
    }
}

static enum stop why_missing(const struct exploration *all)
{
    return patience_is_out()           ? STOP_ASKED
           : all->options->shards > 0  ? STOP_SHARD
           : all->options->seconds > 0 ? STOP_SECONDS
                                       : STOP_ASKED;
}

/* In their order, as far as they are of any matter. */
static enum round join_all(struct exploration *all)
{
    for (unsigned i = 0; i < part_count; i++) {
        const struct kept_part *part = &known[i];

        if (is_known[i])
            join(all, &known[i].found);
        else if (all->stop == STOP_NOT)
            all->stop = why_missing(all);
        if (is_known[i] && part->is_whole &&
            (part->round != ROUND_DONE || part->found.stop != STOP_NOT))
            return part->round;
    }
    return ROUND_DONE;
}

enum round crowd_explore(struct exploration *all, const struct whole *whole, const unsigned *list,
                         unsigned count, int store)
{
    off_t from = lseek(store, 0, SEEK_END);

    if (count > 0 && start(all, whole, list, count, store))
        return ROUND_IS_PROGRAM;
    all->seconds = round_time() - all->begun;
    if (all->stop != STOP_NOT)
        return ROUND_DONE;
    read_store(store, from);
    return join_all(all);
}
