/*
 * longjmp(3). To jump where a function has returned, or to another thread's mark, is
 * undefined (C17, 7.13.2.1p2), and would go on somewhere. A mark's stack pointer tells
 * which it is; glibc mangles that.
 */
#include <setjmp.h>

#include "explore/intercept/front_macro.h"
#include "explore/run/scheduler.h"

#ifdef __x86_64__
enum { MARKED_STACK = 6 }; /* of the eight words: rbx, rbp, r12 to r15, rsp, rip */

/* sysdeps/x86_64: turned left by 17 bits, behind an exclusive or with fs:0x30. */
static uintptr_t marked_stack(jmp_buf mark)
{
    uintptr_t word = (uintptr_t)mark[0].__jmpbuf[MARKED_STACK], guard;

    __asm__("mov %%fs:0x30, %0" : "=r"(guard));
    return (word >> 17 | word << 47) ^ guard;
}

/* A function that is there still has its frame above ours. One that has returned is known
 * only where nobody has a frame there now. */
static void check(jmp_buf mark, uintptr_t place)
{
    uintptr_t stack = marked_stack(mark), ours = (uintptr_t)__builtin_frame_address(0);

    if (me == NULL || me->inside > 0)
        return;
    if (me->floor != NULL ? stack > (uintptr_t)me->stack || stack < (uintptr_t)me->floor
                          : stack > (uintptr_t)me->stack)
        run_misuse(place, "jumps to a mark of another thread");
    if (stack < ours)
        run_misuse(place, "jumps to a mark in a function that has returned");
}
#else
static void check(jmp_buf mark, uintptr_t place)
{
    (void)mark, (void)place;
}
#endif

#define JUMPS(name) \
    _Noreturn void front_##name(jmp_buf mark, int value) __asm__("front." #name); \
    void front_##name(jmp_buf mark, int value) \
    { \
        check(mark, HERE); \
        longjmp(mark, value); \
    }

JUMPS(longjmp)
JUMPS(_longjmp)
JUMPS(siglongjmp)
