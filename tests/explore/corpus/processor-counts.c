/*
 * Whatever the processor's own counter says: the explorer has no say in it.
 *
 * can: exit 0 | more\n
 * says: asks the processor by
 * status: 3
 * native: no, counters of two processors may differ
 * toy: no, it sees no counter
 */
#include <stdint.h>
#include <stdio.h>

static uint64_t count(void)
{
#ifdef __x86_64__
    return __builtin_ia32_rdtsc();
#elif defined __clang__
    return __builtin_readcyclecounter();
#else
    return __builtin_aarch64_get_fpcr64();
#endif
}

int main(void)
{
    uint64_t before = count();

    puts(count() >= before ? "more" : "less");
    return 0;
}
