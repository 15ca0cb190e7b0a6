#define _GNU_SOURCE
#include "explore/search/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explore/base/real.h"

static const char first_line[] = "heddle explore, parts of a program, 1\n";

static int argument_count;
static char **arguments;

void kept_begin(int argc, char **argv)
{
    argument_count = argc;
    arguments = argv;
}

static char *allocate(size_t size)
{
    char *bytes = malloc(size + 1);

    if (bytes == NULL)
        abort();
    bytes[size] = '\0';
    return bytes;
}

/* All that is left of it; NULL with errno. */
static char *read_all(int fd, size_t *size)
{
    struct stat stat;
    char *bytes;
    ssize_t got = 1;

    if (fstat(fd, &stat) != 0)
        return NULL;
    bytes = allocate((size_t)stat.st_size);
    for (*size = 0; *size < (size_t)stat.st_size && got > 0; *size += got > 0 ? (size_t)got : 0)
        got = real.read(fd, bytes + *size, (size_t)stat.st_size - *size);
    bytes[*size] = '\0';
    return bytes;
}

/* The head -------------------------------------------------------------------------- */

/* FNV-1a (Fowler, Noll, Vo) of the program's file: the explorer is in it as well. */
static uint64_t build(void)
{
    static uint64_t hash;
    int fd = hash == 0 ? open("/proc/self/exe", O_RDONLY | O_CLOEXEC) : -1;
    size_t size = 0;
    char *bytes = fd >= 0 ? read_all(fd, &size) : NULL;

    if (fd < 0)
        return hash;
    hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (uint8_t)bytes[i]) * 0x100000001b3u;
    free(bytes);
    close(fd);
    return hash;
}

/* Places are told as they are in this process: so where it lies counts, too. */
static void write_head(FILE *out, const struct kept_head *head)
{
    fputs(first_line, out);
    fprintf(out, "build %016" PRIx64 " at %" PRIxPTR "\n", build(), (uintptr_t)kept_begin);
    fprintf(out, "words %s\n", head->words);
    fprintf(out, "arguments %d\n", argument_count);
    for (int i = 0; i < argument_count; i++)
        fprintf(out, "%s\n", arguments[i]);
    fprintf(out, "crown %u parts %u sites %" PRIu32 "\n", head->crown, head->parts,
            head->site_count);
    for (uint32_t i = 0; i < head->site_count; i++)
        fprintf(out, "%" PRIxPTR "\n", head->sites[i]);
}

static char *head_text(const struct kept_head *head, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);

    if (out == NULL)
        abort();
    write_head(out, head);
    fclose(out);
    return text;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    return real.write(fd, bytes, size) == (ssize_t)size;
}

bool kept_write_head(int fd, const struct kept_head *head)
{
    size_t size;
    char *text = head_text(head, &size);
    bool good = ftruncate(fd, 0) == 0 && write_all(fd, text, size);

    free(text);
    return good;
}

/* The text between `at` and its line's end, which *at is behind then; NULL: none. */
static char *next_line(char **at)
{
    char *line = *at, *end = strchr(line, '\n');

    if (end == NULL)
        return NULL;
    *end = '\0';
    *at = end + 1;
    return line;
}

static bool read_sites(struct kept_head *head, char **at)
{
    char *line = next_line(at);

    if (line == NULL ||
        sscanf(line, "crown %u parts %u sites %" SCNu32, &head->crown, &head->parts,
               &head->site_count) != 3 ||
        head->site_count > SITES_MOST)
        return false;
    for (uint32_t i = 0; i < head->site_count; i++) {
        line = next_line(at);
        if (line == NULL || sscanf(line, "%" SCNxPTR, &head->sites[i]) != 1)
            return false;
    }
    return true;
}

static const char *read_arguments(char **at)
{
    char *line = next_line(at);
    int count;

    if (line == NULL || sscanf(line, "arguments %d", &count) != 1)
        return "is damaged";
    for (int i = 0; i < count; i++) {
        line = next_line(at);
        if (line == NULL)
            return "is damaged";
        if (count != argument_count || (i > 0 && strcmp(line, arguments[i]) != 0))
            return "is of a program with other arguments";
    }
    return NULL;
}

static const char *read_head(struct kept_head *head, char **at)
{
    uint64_t number;
    uintptr_t place;
    const char *why;
    char *line;

    if (strncmp(*at, first_line, strlen(first_line)) != 0)
        return "holds no parts of a program";
    next_line(at);
    line = next_line(at);
    if (line == NULL || sscanf(line, "build %" SCNx64 " at %" SCNxPTR, &number, &place) != 2)
        return "is damaged";
    if (number != build() || place != (uintptr_t)kept_begin)
        return "is of another build of the program";
    line = next_line(at);
    if (line == NULL || sscanf(line, "words %255[^\n]", head->words) != 1)
        return "is damaged";
    why = read_arguments(at);
    return why != NULL ? why : read_sites(head, at) ? NULL : "is damaged";
}

/* Parts: written ---------------------------------------------------------------------- */

static void put(FILE *out, const void *bytes, size_t size)
{
    fwrite(bytes, 1, size, out);
}

static void put_bytes(FILE *out, const char *bytes, size_t size)
{
    put(out, &size, sizeof size);
    put(out, bytes, size);
}

/* NULL is as long as nothing else. */
static void put_text(FILE *out, const char *text)
{
    size_t none = SIZE_MAX;

    if (text == NULL)
        put(out, &none, sizeof none);
    else
        put_bytes(out, text, strlen(text));
}

static void put_outcome(FILE *out, const struct outcome *outcome)
{
    put(out, outcome, sizeof *outcome);
    put_text(out, outcome->fault);
    put_bytes(out, outcome->out, outcome->out_size);
    put_bytes(out, outcome->err, outcome->err_size);
    put_bytes(out, (const char *)outcome->choices,
              outcome->choice_count * sizeof *outcome->choices);
}

static void put_finding(FILE *out, const struct finding *finding)
{
    put(out, finding, sizeof *finding);
    put_text(out, finding->schedule);
    put_text(out, finding->first);
    put_text(out, finding->second);
}

static void put_found(FILE *out, const struct exploration *found)
{
    put_text(out, found->fault);
    put_bytes(out, (const char *)found->plan->sites,
              found->plan->site_count * sizeof *found->plan->sites);
    for (size_t i = 0; i < found->outcomes.count; i++)
        put_outcome(out, &found->outcomes.list[i]);
    for (size_t i = 0; i < found->finding_count; i++)
        put_finding(out, &found->findings[i]);
}

/* Its size comes first, and that counts itself. */
bool kept_write_part(int fd, const struct kept_part *part)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    bool good;

    if (out == NULL)
        abort();
    put(out, &size, sizeof size);
    put(out, part, sizeof *part);
    put_found(out, &part->found);
    fclose(out);
    memcpy(bytes, &size, sizeof size);
    good = write_all(fd, bytes, size);
    free(bytes);
    return good;
}

/* Parts: read ------------------------------------------------------------------------- */

struct reader {
    const char *at, *end;
    bool good;
};

static void get(struct reader *in, void *bytes, size_t size)
{
    in->good = in->good && size <= (size_t)(in->end - in->at);
    if (in->good)
        memcpy(bytes, in->at, size);
    else
        memset(bytes, 0, size);
    in->at += in->good ? size : 0;
}

static char *get_text(struct reader *in)
{
    size_t size;
    char *text;

    get(in, &size, sizeof size);
    if (size == SIZE_MAX)
        return NULL;
    in->good = in->good && size <= (size_t)(in->end - in->at);
    text = allocate(in->good ? size : 0);
    get(in, text, in->good ? size : 0);
    return text;
}

static void get_outcome(struct reader *in, struct outcome *outcome)
{
    get(in, outcome, sizeof *outcome);
    outcome->fault = get_text(in);
    outcome->out = get_text(in);
    outcome->err = get_text(in);
    outcome->choices = (struct choice *)get_text(in);
}

static void get_finding(struct reader *in, struct finding *finding)
{
    get(in, finding, sizeof *finding);
    finding->schedule = get_text(in);
    finding->first = get_text(in);
    finding->second = get_text(in);
}

static struct plan *get_sites(struct reader *in)
{
    struct plan *plan = calloc(1, sizeof *plan);
    size_t size = 0;

    if (plan == NULL)
        abort();
    get(in, &size, sizeof size);
    in->good = in->good && size <= sizeof plan->sites;
    get(in, plan->sites, in->good ? size : 0);
    plan->site_count = (uint32_t)(size / sizeof *plan->sites);
    return plan;
}

static void *list_of(const struct reader *in, size_t count, size_t size)
{
    void *list = calloc(in->good && count <= (size_t)(in->end - in->at) ? count + 1 : 1, size);

    if (list == NULL)
        abort();
    return list;
}

static void get_found(struct reader *in, struct exploration *found)
{
    size_t outcomes = found->outcomes.count, findings = found->finding_count;

    found->fault = get_text(in);
    found->plan = get_sites(in);
    found->unfollowed = NULL;
    found->outcomes = (struct outcomes){.list = list_of(in, outcomes, sizeof(struct outcome))};
    for (; found->outcomes.count < outcomes && in->good; found->outcomes.count++)
        get_outcome(in, &found->outcomes.list[found->outcomes.count]);
    found->findings = list_of(in, findings, sizeof *found->findings);
    for (found->finding_count = 0; found->finding_count < findings && in->good;)
        get_finding(in, &found->findings[found->finding_count++]);
}

bool kept_next(const struct kept *kept, size_t *at, struct kept_part *part)
{
    struct reader in = {kept->bytes + *at, kept->bytes + kept->size, true};
    size_t size;

    get(&in, &size, sizeof size);
    if (!in.good || size < sizeof size + sizeof *part || size > kept->size - *at)
        return false;
    in.end = kept->bytes + *at + size;
    get(&in, part, sizeof *part);
    get_found(&in, &part->found);
    *at += size;
    return in.good;
}

/* The last one may have been cut by whatever ended its process. */
static size_t whole_parts(const char *bytes, size_t size)
{
    size_t at = 0, part = 0;

    while (size - at >= sizeof part) {
        memcpy(&part, bytes + at, sizeof part);
        if (part < sizeof part || part > size - at)
            break;
        at += part;
    }
    return at;
}

const char *kept_read(struct kept *kept, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t size = 0;
    char *bytes = fd >= 0 ? read_all(fd, &size) : NULL, *at = bytes;
    const char *why = NULL;

    *kept = (struct kept){.size = 0};
    if (fd >= 0)
        close(fd);
    if (bytes == NULL)
        return errno == ENOENT ? NULL : strerror(errno);
    if (size > 0)
        why = read_head(&kept->head, &at);
    kept->head_size = (size_t)(at - bytes);
    kept->size = why == NULL ? whole_parts(at, size - kept->head_size) : 0;
    kept->bytes = allocate(kept->size);
    memcpy(kept->bytes, at, kept->size);
    free(bytes);
    return why;
}
