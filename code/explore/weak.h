/*
 * Included by compile.sh before each source. clang's hooks know strong
 * compare-exchanges only, and so does libatomic's function; so one that may fail
 * without cause (C17, 7.17.7.4) says so before. The hook that makes it fail changes
 * nothing, but clang takes what it returns for success, and so asks behind it. The
 * builtins are macros here: C11's, and gcc's, which libstdc++ is written with. An
 * argument that itself compares and exchanges would take the word for its own;
 * nobody writes that.
 */
#ifndef __ASSEMBLER__
#ifdef __cplusplus
extern "C" {
#endif
void __tsan_weak(int is_weak);
int __tsan_weak_failed(void);
#ifdef __cplusplus
}
#endif

#define __c11_atomic_compare_exchange_weak(...) \
    ((__tsan_weak(1), __c11_atomic_compare_exchange_weak(__VA_ARGS__)) && !__tsan_weak_failed())
#define __atomic_compare_exchange_n(at, expected, desired, weak, ...) \
    ((__tsan_weak(weak), __atomic_compare_exchange_n(at, expected, desired, weak, __VA_ARGS__)) && \
     !__tsan_weak_failed())
#define __atomic_compare_exchange(at, expected, desired, weak, ...) \
    ((__tsan_weak(weak), __atomic_compare_exchange(at, expected, desired, weak, __VA_ARGS__)) && \
     !__tsan_weak_failed())
#endif
