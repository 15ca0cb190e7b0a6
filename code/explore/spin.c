#include "spin.h"

bool spin_waits(const struct thread *thread)
{
    (void)thread;
    return false;
}

void spin_look(struct thread *thread)
{
    (void)thread;
}

void spin_notice(struct thread *thread, const struct event *event)
{
    (void)thread;
    (void)event;
}
