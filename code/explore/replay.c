#define _GNU_SOURCE
#include "explore/replay.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/names/schedule.h"
#include "explore/report.h"
#include "explore/run/scheduler.h"
#include "explore/search/explorer.h"

bool replay_begin(const struct options *options)
{
    record = mmap(NULL, sizeof *record, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (record == MAP_FAILED)
        abort();
    options_plan(options, &record->plan);
    return schedule_read(&record->plan, options->schedule);
}

static bool is_debugged(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long tracer = 0;

    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "TracerPid:", 10) == 0)
            tracer = strtol(line + 10, NULL, 10);
    if (status != NULL)
        fclose(status);
    return tracer != 0;
}

void replay_ended(void)
{
    char *text = NULL;
    size_t size;
    FILE *out;

    if (record->ending == ENDING_EXIT || record->ending == ENDING_SIGNAL)
        return;
    out = open_memstream(&text, &size);
    report_run(record, out);
    fclose(out);
    real.write(STDERR_FILENO, "explore: ", 9);
    real.write(STDERR_FILENO, text, size);
    if (is_debugged())
        real.syscall(SYS_tgkill, getpid(), real.syscall(SYS_gettid), SIGTRAP);
}
