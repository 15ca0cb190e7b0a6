/*
 * Written for x86-64 (System V ABI, section 3.2), where Linux lets a program
 * set its thread pointer itself since 5.9.
 */
#define _GNU_SOURCE
#include "explore/world/stack.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/auxv.h>

/* glibc says where: __rseq_offset, since 2.35. */
uintptr_t stack_kernel_begin(const void *thread)
{
    const ptrdiff_t *offset = dlsym(RTLD_DEFAULT, "__rseq_offset");

    return (uintptr_t)thread + (uintptr_t)(offset != NULL && *offset < 0 ? *offset : 0);
}

#ifdef __x86_64__

enum { HAS_FSGSBASE = 2 }; /* in AT_HWCAP2: asm/hwcap2.h */

bool stack_can_switch(void)
{
    return (getauxval(AT_HWCAP2) & HAS_FSGSBASE) != 0;
}

void *stack_thread(void)
{
    void *thread;

    __asm__("mov %%fs:0, %0" : "=r"(thread));
    return thread;
}

/* What a function has to leave as it found it: six registers, and how the two units
 * for floating point round. */
__asm__(".text\n"
        ".globl stack_switch\n"
        ".type stack_switch, @function\n"
        "stack_switch:\n"
        "    push %rbp\n"
        "    push %rbx\n"
        "    push %r12\n"
        "    push %r13\n"
        "    push %r14\n"
        "    push %r15\n"
        "    sub $8, %rsp\n"
        "    stmxcsr (%rsp)\n"
        "    fnstcw 4(%rsp)\n"
        "    mov %rsp, (%rdi)\n"
        "    mov %fs:0, %rax\n"
        "    mov %rax, 8(%rdi)\n"
        "    mov 8(%rsi), %rax\n"
        "    wrfsbase %rax\n"
        "    mov (%rsi), %rsp\n"
        "    fldcw 4(%rsp)\n"
        "    ldmxcsr (%rsp)\n"
        "    add $8, %rsp\n"
        "    pop %r15\n"
        "    pop %r14\n"
        "    pop %r13\n"
        "    pop %r12\n"
        "    pop %rbx\n"
        "    pop %rbp\n"
        "    ret\n"
        ".size stack_switch, . - stack_switch\n");

/* As the ABI has it where a function begins, the stack is 8 beyond a multiple of
 * 16: there a caller's address would lie, which nobody returns to. */
struct place_to_go stack_new(void *memory, size_t size, void (*function)(void), void *thread)
{
    uintptr_t *top = (uintptr_t *)(((uintptr_t)memory + size) & ~(uintptr_t)15);
    uint32_t rounding = 0;
    uint16_t rounding87 = 0;

    *--top = 0;
    *--top = (uintptr_t)function;
    top -= 6; /* registers, of no matter */
    memset(top, 0, 6 * sizeof *top);
    __asm__("stmxcsr %0" : "=m"(rounding));
    __asm__("fnstcw %0" : "=m"(rounding87));
    *--top = rounding | (uint64_t)rounding87 << 32;
    return (struct place_to_go){top, thread};
}

#else

bool stack_can_switch(void)
{
    return false;
}

void *stack_thread(void)
{
    return NULL;
}

void stack_switch(struct place_to_go *from, const struct place_to_go *to)
{
    (void)from, (void)to;
}

struct place_to_go stack_new(void *memory, size_t size, void (*function)(void), void *thread)
{
    (void)memory, (void)size, (void)function;
    return (struct place_to_go){NULL, thread};
}

#endif
