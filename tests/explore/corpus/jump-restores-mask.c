/*
 * siglongjmp brings the mask back that sigsetjmp has kept: so the signal can come
 * again.
 *
 * can: exit 0 | handled\nhandled\nend\n
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
    sigsetjmp(mark, 1);
    if (count++ < 2)
        raise(SIGUSR1);
    puts("end");
    return 0;
}
