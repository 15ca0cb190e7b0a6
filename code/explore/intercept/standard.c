#include "explore/intercept/standard.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explore/run/channel.h"
#include "explore/run/scheduler.h"

static const char all_files; /* stands for whatever is not a standard stream */

/* As long as nothing moves, the numbers tell. */
static bool has_moved;
static struct {
    dev_t device;
    ino_t number;
} files[STDERR_FILENO + 1];

void standard_moves(void)
{
    struct stat status;

    if (me == NULL || me->inside > 0)
        return;
    for (int fd = STDOUT_FILENO; !has_moved && fd <= STDERR_FILENO; fd++)
        if (fstat(fd, &status) == 0) {
            files[fd].device = status.st_dev;
            files[fd].number = status.st_ino;
        }
    has_moved = true;
}

int standard_of(int fd)
{
    struct stat status;

    if (!has_moved)
        return fd == STDOUT_FILENO || fd == STDERR_FILENO ? fd : 0;
    if (fstat(fd, &status) == 0)
        for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++)
            if (files[i].number == status.st_ino && files[i].device == status.st_dev)
                return i;
    return 0;
}

const volatile void *standard_object(int fd)
{
    int number = standard_of(fd);

    return number == STDOUT_FILENO   ? (const void *)stdout
           : number == STDERR_FILENO ? (const void *)stderr
                                     : &all_files;
}

static void step_files(enum op_kind kind, const volatile void *file, uintptr_t place)
{
    step(&(const struct request){
        .op = {.kind = kind,
               .place = place,
               .touches = {{(uintptr_t)file, 1, TOUCH_CHANGE},
                           {(uintptr_t)&all_files, 1, TOUCH_CHANGE},
                           touch_numbers(TOUCH_CHANGE)}},
    });
}

void files_open(uintptr_t place)
{
    if (me != NULL && me->inside == 0)
        step_files(OP_OPEN, &all_files, place);
}

/* Who prints there next finds another file, or none. */
void files_close(int fd, uintptr_t place)
{
    if (me == NULL || me->inside > 0)
        return;
    if (fd == STDOUT_FILENO || fd == STDERR_FILENO)
        standard_moves();
    step_files(OP_CLOSE, standard_object(fd), place);
}
