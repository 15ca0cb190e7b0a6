#include "heddle/base/hash.h"

#include <xxhash.h>

void hash_text(struct span text, char digits[HASH_DIGITS + 1])
{
    static const char hex[] = "0123456789abcdef";
    XXH128_canonical_t bytes;

    XXH128_canonicalFromHash(&bytes, XXH3_128bits(text.ptr, text.len));
    for (size_t i = 0; i < sizeof bytes.digest; i++) {
        digits[2 * i] = hex[bytes.digest[i] >> 4];
        digits[2 * i + 1] = hex[bytes.digest[i] & 15];
    }
    digits[HASH_DIGITS] = '\0';
}
