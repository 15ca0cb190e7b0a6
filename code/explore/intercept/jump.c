/*
 * longjmp(3). To jump where a function has returned, or to another thread's mark, is
 * undefined (C17, 7.13.2.1p2), and would go on somewhere. A mark's stack pointer tells
 * which it is; glibc mangles that.
 */
#include <setjmp.h>

#include "explore/intercept/front_macro.h"
#include "explore/intercept/given.h"
#include "explore/intercept/signals.h"
#include "explore/run/blocks.h"
#include "explore/run/scheduler.h"

/* Registers, and whether there is a signal mask; that of pthread_cleanup_push has no more. */
enum { MARK_SIZE = sizeof(__jmp_buf) + sizeof(int) };

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
    blocks_leave(stack);
}
#else
static void check(jmp_buf mark, uintptr_t place)
{
    (void)mark, (void)place;
}
#endif

/* A mark is memory that is written; and where it keeps a signal mask, that is ours. */
void mark_set(jmp_buf mark, int saves, uintptr_t place) __asm__("explore.mark_set");

void mark_set(jmp_buf mark, int saves, uintptr_t place)
{
    if (me == NULL || me->inside > 0)
        return;
    given_access(mark, MARK_SIZE, 1, place);
    signals_mark(mark, saves != 0);
}

#ifdef __x86_64__
/* It returns twice, so that the library's own has to be the program's call: we are called
 * before. What a mark keeps are registers, of which %rdi and %rsi are none. */
#define SETS_MARK(name, saves) \
    __asm__(".text\n" \
            ".globl front." name "\n.type front." name ", @function\nfront." name ":\n" \
            "push %rbp\nmov %rsp, %rbp\npush %rdi\npush %rsi\n" saves \
            "mov 8(%rbp), %rdx\ncall explore.mark_set\n" \
            "pop %rsi\npop %rdi\npop %rbp\njmp " name "\n" \
            ".size front." name ", .-front." name "\n")

SETS_MARK("_setjmp", "xor %esi, %esi\n");
SETS_MARK("__sigsetjmp", "");
#endif

#define JUMPS(name) \
    _Noreturn void front_##name(jmp_buf mark, int value) __asm__("front." #name); \
    void front_##name(jmp_buf mark, int value) \
    { \
        check(mark, HERE); \
        given_access(mark, me != NULL ? MARK_SIZE : 0, 0, HERE); \
        signals_jump(mark, HERE); \
        longjmp(mark, value); \
    }

JUMPS(longjmp)
JUMPS(_longjmp)
JUMPS(siglongjmp)
