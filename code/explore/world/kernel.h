/*
 * The kernel itself: neither the C library, which has its state, nor what was put
 * in front of that, comes between. Only for x86-64.
 */
#ifndef EXPLORE_WORLD_KERNEL_H
#define EXPLORE_WORLD_KERNEL_H

/* Returns what the kernel does: a negative errno value on failure. */
static inline long kernel_call(long number, long a, long b, long c)
{
#ifdef __x86_64__
    register long d __asm__("r10") = 0;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(d)
                     : "rcx", "r11", "memory");
    return result;
#else
    (void)number, (void)a, (void)b, (void)c;
    return -38; /* ENOSYS */
#endif
}

#endif
