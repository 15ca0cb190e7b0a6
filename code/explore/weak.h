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

/*
 * g++ makes instructions of the built-in functions that libstdc++ copies with, whatever
 * -fno-builtin says. Where nothing has to be constant, these are the C library's, under
 * names of their own, and so are calls. builtins.awk knows these words.
 */
#if defined __cplusplus && defined __GNUC__ && !defined __clang__
extern "C" {
void *__tsan_copy(void *, const void *, __SIZE_TYPE__) __asm__("memcpy");
void *__tsan_move(void *, const void *, __SIZE_TYPE__) __asm__("memmove");
void *__tsan_fill(void *, int, __SIZE_TYPE__) __asm__("memset");
int __tsan_compare(const void *, const void *, __SIZE_TYPE__) __asm__("memcmp");
const void *__tsan_find(const void *, int, __SIZE_TYPE__) __asm__("memchr");
__SIZE_TYPE__ __tsan_length(const char *) __asm__("strlen");
int __tsan_order(const char *, const char *) __asm__("strcmp");
}
#define __tsan_called(builtin, function, ...) \
    (__builtin_is_constant_evaluated() ? builtin(__VA_ARGS__) : function(__VA_ARGS__))
#define __builtin_memcpy(...) __tsan_called(__builtin_memcpy, __tsan_copy, __VA_ARGS__)
#define __builtin_memmove(...) __tsan_called(__builtin_memmove, __tsan_move, __VA_ARGS__)
#define __builtin_memset(...) __tsan_called(__builtin_memset, __tsan_fill, __VA_ARGS__)
#define __builtin_memcmp(...) __tsan_called(__builtin_memcmp, __tsan_compare, __VA_ARGS__)
#define __builtin_memchr(...) __tsan_called(__builtin_memchr, __tsan_find, __VA_ARGS__)
#define __builtin_strlen(...) __tsan_called(__builtin_strlen, __tsan_length, __VA_ARGS__)
#define __builtin_strcmp(...) __tsan_called(__builtin_strcmp, __tsan_order, __VA_ARGS__)
#endif
#endif
