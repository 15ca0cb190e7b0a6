/*
 * Without a mask in the mark the signal stays blocked, as it was in the handler.
 *
 * can: exit 0 | handled\nend\n
 * toy: no, it has no signals
 */
#define _DEFAULT_SOURCE /* signal() as BSD has it */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>

static sigjmp_buf mark;

static void handle(int number)
{
    (void)number;
    puts("handled");
    siglongjmp(mark, 1);
}

int main(void)
{
    static volatile int count;

    signal(SIGUSR1, handle);
    sigsetjmp(mark, 0);
    if (count++ < 2)
        raise(SIGUSR1);
    puts("end");
    return 0;
}
