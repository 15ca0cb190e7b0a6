#define _GNU_SOURCE
#include "explore/search/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "explore/base/large.h"
#include "explore/base/real.h"
#include "explore/search/crowd.h"
#include "explore/search/findings.h"
#include "explore/search/kept.h"

/* Enough of them that nobody waits long for the one who has the largest. */
enum { PARTS_LEAST = 128, CROWN_LEAST = 4, CROWN_MOST = 2000, FILES_MOST = 4096 };

LARGE static struct kept files[FILES_MOST];
static unsigned file_count;
static bool *is_done; /* of each part: some file has it */

/* What cannot be gone on with is the user's to put right. */
static bool refuse(struct exploration *all, const char *path, const char *why)
{
    all->stop = STOP_REFUSED;
    if (asprintf(&all->fault, "%s %s", path, why) < 0)
        abort();
    return false;
}

/* The head ---------------------------------------------------------------------------- */

/* With other graphs there are other parts. */
enum { CROWN_OF_GRAPHS = 1, CROWN_OF_TRIES };

static unsigned crown_of(const struct whole *whole)
{
    if (whole->graphs == NULL)
        return whole->search->crown;
    return whole->graphs->tries ? CROWN_OF_TRIES : CROWN_OF_GRAPHS;
}

static unsigned part_count(const struct whole *whole)
{
    return whole->graphs != NULL ? whole->graphs->part_count : whole->search->part_count;
}

/* Words for EXPLORE that lead to the same parts. */
static void describe(const struct exploration *all, const struct whole *whole,
                     struct kept_head *head)
{
    static const char *const reductions[] = {"nothing", "sleep", "all"};
    static const char *const failing[] = {"", "malloc", "thread", "malloc,thread"};
    const struct options *options = all->options;
    int size;

    *head = (struct kept_head){.crown = crown_of(whole), .parts = part_count(whole)};
    size = snprintf(head->words, sizeof head->words, "steps=%lu spurious=%lu reduce=%s",
                    options->steps, options->spurious, reductions[options->reduction]);
    if (options->bound >= 0)
        size += snprintf(head->words + size, sizeof head->words - (size_t)size, " bound=%d",
                         options->bound);
    if (options->failing != 0)
        size += snprintf(head->words + size, sizeof head->words - (size_t)size, " failing=%s",
                         failing[options->failing]);
    if (options->every_access)
        size += snprintf(head->words + size, sizeof head->words - (size_t)size, " every-access");
    if (whole->graphs != NULL)
        snprintf(head->words + size, sizeof head->words - (size_t)size, " model=%s",
                 memory_name(all->memory));
    head->site_count = all->plan->site_count;
    memcpy(head->sites, all->plan->sites, head->site_count * sizeof *head->sites);
}

static bool has_sites_of(const struct kept_head *a, const struct kept_head *b)
{
    for (uint32_t i = 0; i < b->site_count; i++) {
        uint32_t j = 0;

        while (j < a->site_count && a->sites[j] != b->sites[i])
            j++;
        if (j == a->site_count)
            return false;
    }
    return true;
}

/* Files -------------------------------------------------------------------------------- */

static bool read_file(struct exploration *all, const char *path)
{
    struct kept *file = &files[file_count];
    const char *why = file_count < FILES_MOST ? kept_read(file, path) : "is one file too many";

    if (why != NULL)
        return refuse(all, path, why);
    for (uint32_t i = 0; i < file->head.site_count; i++)
        if (!findings_add_site(all, file->head.sites[i]))
            return false;
    file_count++;
    return true;
}

/* One a line. */
static bool read_files(struct exploration *all, const struct options *options)
{
    const char *at = options->merge;
    bool good = options->keep == NULL || read_file(all, options->keep);

    while (good && at != NULL && *at != '\0') {
        size_t size = strcspn(at, "\n");
        char *path = strndup(at, size);

        good = path != NULL && (access(path, R_OK) == 0 ? read_file(all, path)
                                                        : refuse(all, path, "cannot be read"));
        free(path);
        at += size + (at[size] == '\n');
    }
    return good;
}

/* Parts that were explored when fewer accesses were steps are none. */
static bool fits(const struct kept *file, const struct kept_head *head)
{
    return file->head.crown == head->crown && file->head.parts == head->parts &&
           has_sites_of(&file->head, head) && has_sites_of(head, &file->head);
}

static bool take_files(struct exploration *all, const struct kept_head *head)
{
    for (unsigned i = 0; i < file_count; i++) {
        struct kept_part part;
        size_t at = 0;

        if (files[i].head_size > 0 && strcmp(files[i].head.words, head->words) != 0)
            return refuse(all, "what was kept", "was explored with other options");
        if (!fits(&files[i], head))
            files[i].size = 0;
        while (kept_next(&files[i], &at, &part))
            if (part.is_whole && part.number < head->parts && !is_done[part.number]) {
                is_done[part.number] = true;
                crowd_add(&part);
            }
    }
    return true;
}

static int open_file(const char *path)
{
    if (path != NULL)
        return open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    return memfd_create("parts", MFD_CLOEXEC);
}

/* Where new parts are written: behind the old ones if those are good for anything. Only
 * with O_APPEND do the workers' writes not meet: a file in memory has no lock for the
 * place that they share. */
static int open_store(struct exploration *all, const char *path, const struct kept_head *head)
{
    bool goes_on = path != NULL && files[0].size > 0;
    off_t end = goes_on ? (off_t)(files[0].head_size + files[0].size) : 0;
    int fd = open_file(path);
    char why[FAULT_SIZE];

    if (fd < 0 || real.fcntl(fd, F_SETFL, O_APPEND) != 0 ||
        (goes_on ? ftruncate(fd, end) != 0 : !kept_write_head(fd, head))) {
        snprintf(why, sizeof why, "cannot be written: %s", strerror(errno));
        refuse(all, path != NULL ? path : "memory", why);
        return -1;
    }
    return fd;
}

/* The crown ---------------------------------------------------------------------------- */

/* Deeper and deeper, until there are parts enough, or no run goes deeper. */
static enum round explore_crown(struct exploration *all, struct search *search)
{
    const struct options *options = all->options;

    for (unsigned depth = CROWN_LEAST;; depth += 2) {
        enum round round;

        search_begin_crown(search, options->reduction, options->bound, depth);
        round = round_of_steps(all, search, 0);
        all->bounded = all->bounded || search->bounded;
        if (round != ROUND_DONE || all->stop != STOP_NOT)
            return round;
        round_forget(all);
        if (search->part_count >= PARTS_LEAST || depth >= search->longest || depth >= CROWN_MOST)
            return ROUND_DONE;
        search_end(search);
    }
}

/* The whole ------------------------------------------------------------------------------ */

static bool is_ours(const struct options *options, unsigned part)
{
    return !is_done[part] && (options->shards == 0 || part % options->shards == options->shard - 1);
}

static unsigned list_parts(const struct options *options, unsigned count, unsigned **list)
{
    unsigned ours = 0;

    *list = calloc(count + 1, sizeof **list);
    if (*list == NULL)
        abort();
    for (unsigned i = 0; i < count; i++)
        if (is_ours(options, i))
            (*list)[ours++] = i;
    return ours;
}

static enum round explore_parts(struct exploration *all, const struct whole *whole)
{
    const struct options *options = all->options;
    struct kept_head head;
    unsigned *list, count;
    enum round round;
    int store;

    describe(all, whole, &head);
    free(is_done);
    is_done = calloc(head.parts + 1, sizeof *is_done);
    if (is_done == NULL)
        abort();
    crowd_begin(head.parts);
    if (!take_files(all, &head))
        return ROUND_DONE;
    store = open_store(all, options->keep, &head);
    if (store < 0)
        return ROUND_DONE;
    count = list_parts(options, head.parts, &list);
    round = crowd_explore(all, whole, list, count, store);
    free(list);
    close(store);
    return round;
}

enum round parts_explore(struct exploration *all)
{
    struct search search;
    enum round round;

    if (file_count == 0 && !read_files(all, all->options))
        return ROUND_DONE;
    round = explore_crown(all, &search);
    if (round == ROUND_DONE && all->stop == STOP_NOT)
        round = explore_parts(all, &(const struct whole){.search = &search});
    if (round != ROUND_IS_PROGRAM)
        search_end(&search);
    return round;
}

/* Graphs --------------------------------------------------------------------------------- */

/* It was found out before that mutexes are tried. */
static bool files_have_tries(void)
{
    for (unsigned i = 0; i < file_count; i++)
        if (files[i].head_size > 0 && files[i].head.crown == CROWN_OF_TRIES)
            return true;
    return false;
}

/* Which plans are left when there are enough must not depend on how many run at a time. */
static enum round split_graphs(struct exploration *all, struct graphs *graphs)
{
    unsigned long jobs = all->jobs;
    enum round round;

    all->jobs = 1;
    graphs->enough = PARTS_LEAST;
    round = round_of_graphs(all, graphs, 0);
    all->jobs = jobs;
    graphs_split(graphs);
    return round;
}

/* What was found on the way there belongs to no part: everybody finds it. */
enum round parts_explore_graphs(struct exploration *all, struct graphs *graphs)
{
    enum round round;

    if (file_count == 0 && !read_files(all, all->options))
        return ROUND_DONE;
    if (files_have_tries() && !graphs->tries)
        return ROUND_AGAIN;
    round = split_graphs(all, graphs);
    if (round == ROUND_DONE && all->stop == STOP_NOT)
        round = explore_parts(all, &(const struct whole){.graphs = graphs});
    return round;
}
