/*
 * What compilers tell nobody: gcc of accesses to structs that are passed by value, or
 * returned, and where a variable of a block begins and ends; and both how far a frame
 * reaches, and what it gives back. So marks.awk writes a call there, which must
 * leave all registers and flags as they are, and finds the address on the stack. It lies
 * above the 128 bytes that a function may use below its stack pointer (System V ABI, "The
 * Stack Frame").
 */
#include <stdint.h>

#include "explore/intercept/tsan_hooks.h"
#include "explore/run/blocks.h"

void unseen_read(uintptr_t at, uintptr_t size, uintptr_t place) __asm__("explore.unseen_read");
void unseen_write(uintptr_t at, uintptr_t size, uintptr_t place) __asm__("explore.unseen_write");

void unseen_read(uintptr_t at, uintptr_t size, uintptr_t place)
{
    plain_access((const volatile void *)at, size, 0, place);
}

void unseen_write(uintptr_t at, uintptr_t size, uintptr_t place)
{
    plain_access((const volatile void *)at, size, 1, place);
}

void unseen_frame(uintptr_t end, uintptr_t place) __asm__("explore.unseen_frame");

void unseen_frame(uintptr_t end, uintptr_t place)
{
    stack_reaches(end, place);
}

void unseen_begin(uintptr_t at, uintptr_t size) __asm__("explore.unseen_begin");
void unseen_end(uintptr_t at, uintptr_t size, uintptr_t place) __asm__("explore.unseen_end");

void unseen_begin(uintptr_t at, uintptr_t size)
{
    variable_begins(at, size);
}

void unseen_end(uintptr_t at, uintptr_t size, uintptr_t place)
{
    variable_ends(at, size, place);
}

void unseen_shrink(uintptr_t at, uintptr_t end, uintptr_t place) __asm__("explore.unseen_shrink");

/* Up to the new end there is nothing any more. */
void unseen_shrink(uintptr_t at, uintptr_t end, uintptr_t place)
{
    if (me == NULL || me->inside > 0 || at >= end || end >= (uintptr_t)me->stack)
        return;
    plain_free((const void *)at, end - at, place);
    blocks_leave_frame(at, end, place);
}

#ifdef __x86_64__

/* The numbers are 16 registers of 16 bytes, and 8(%rbp), where the call returns to, behind
 * which the address is. */
#define UNSEEN(name, arguments) \
    __asm__(".text\n" \
            ".globl " name "\n.type " name ", @function\n" name ":\n" \
            ".cfi_startproc\n" \
            "push %rbp\n.cfi_def_cfa_offset 16\n.cfi_offset 6, -16\n" \
            "mov %rsp, %rbp\n.cfi_def_cfa_register 6\n" \
            "pushf\ncld\n" \
            "push %rax\npush %rcx\npush %rdx\npush %rsi\npush %rdi\n" \
            "push %r8\npush %r9\npush %r10\npush %r11\n" \
            "lea -72(%rbp), %rax\n" \
            "sub $272, %rsp\nand $-16, %rsp\n" \
            "movups %xmm0, (%rsp)\nmovups %xmm1, 16(%rsp)\nmovups %xmm2, 32(%rsp)\n" \
            "movups %xmm3, 48(%rsp)\nmovups %xmm4, 64(%rsp)\nmovups %xmm5, 80(%rsp)\n" \
            "movups %xmm6, 96(%rsp)\nmovups %xmm7, 112(%rsp)\nmovups %xmm8, 128(%rsp)\n" \
            "movups %xmm9, 144(%rsp)\nmovups %xmm10, 160(%rsp)\nmovups %xmm11, 176(%rsp)\n" \
            "movups %xmm12, 192(%rsp)\nmovups %xmm13, 208(%rsp)\nmovups %xmm14, 224(%rsp)\n" \
            "movups %xmm15, 240(%rsp)\n" arguments \
            "movups (%rsp), %xmm0\nmovups 16(%rsp), %xmm1\nmovups 32(%rsp), %xmm2\n" \
            "movups 48(%rsp), %xmm3\nmovups 64(%rsp), %xmm4\nmovups 80(%rsp), %xmm5\n" \
            "movups 96(%rsp), %xmm6\nmovups 112(%rsp), %xmm7\nmovups 128(%rsp), %xmm8\n" \
            "movups 144(%rsp), %xmm9\nmovups 160(%rsp), %xmm10\nmovups 176(%rsp), %xmm11\n" \
            "movups 192(%rsp), %xmm12\nmovups 208(%rsp), %xmm13\nmovups 224(%rsp), %xmm14\n" \
            "movups 240(%rsp), %xmm15\n" \
            "lea -80(%rbp), %rsp\n" \
            "pop %r11\npop %r10\npop %r9\npop %r8\n" \
            "pop %rdi\npop %rsi\npop %rdx\npop %rcx\npop %rax\n" \
            "popf\npop %rbp\n.cfi_def_cfa 7, 8\nret\n" \
            ".cfi_endproc\n.size " name ", .-" name "\n")

/* Above all that the call has pushed, and the 128 bytes, is where the frame ends. */
UNSEEN("__tsan_unseen_frame",
       "lea 160(%rbp), %rdi\nmov 8(%rbp), %rsi\ncall explore.unseen_frame\n");

/* Where the frame ends now, and where it will. */
UNSEEN("__tsan_unseen_shrink", "lea 160(%rbp), %rdi\nmov 16(%rbp), %rsi\nmov 8(%rbp), %rdx\n"
                               "call explore.unseen_shrink\n");

#define CALLS(address, size, function) \
    "mov " address ", %rdi\nmov " size ", %rsi\nmov 8(%rbp), %rdx\ncall explore." function "\n"
#define OF_SIZE(size) \
    UNSEEN("__tsan_unseen_read" #size, CALLS("16(%rbp)", "$" #size, "unseen_read")); \
    UNSEEN("__tsan_unseen_write" #size, CALLS("16(%rbp)", "$" #size, "unseen_write"))

OF_SIZE(1);
OF_SIZE(2);
OF_SIZE(4);
OF_SIZE(8);
OF_SIZE(16);

/* The size is pushed behind the address. */
UNSEEN("__tsan_unseen_begin", CALLS("24(%rbp)", "16(%rbp)", "unseen_begin"));
UNSEEN("__tsan_unseen_end", CALLS("24(%rbp)", "16(%rbp)", "unseen_end"));

/* rep movs: from %rsi to %rdi, %rcx times. */
#define COUNTED(shift) "-24(%rbp), %rsi\nshl $" #shift ", %rsi\nnop\nmov %rsi"
#define COPY(size, shift) \
    UNSEEN("__tsan_unseen_copy" #size, CALLS("-40(%rbp)", COUNTED(shift), "unseen_read") \
                                           CALLS("-48(%rbp)", COUNTED(shift), "unseen_write"))

COPY(1, 0);
COPY(4, 2);
COPY(8, 3);

#endif
