#!/bin/sh
# Fuzz the reader, the chunk graph and the pages with libFuzzer for FUZZ_SECONDS each
# (60), from the corpus that is kept in tests/fuzz/corpus.
set -eu

seconds=${FUZZ_SECONDS:-60}
command -v clang >/dev/null 2>&1 || { echo "fuzz: there is no clang" >&2; exit 77; }
mkdir -p build/fuzz/corpus
flags='-std=c17 -D_POSIX_C_SOURCE=200809L -Icode -Itests/unit -g -O1 -fsanitize=fuzzer,address,undefined
    -fno-sanitize-recover=all'
sources=$(find code/heddle -name '*.c' ! -path code/heddle/main.c)
for fuzzer in fuzz_markdown fuzz_web fuzz_pages; do
    # shellcheck disable=SC2086 # flags and sources are words
    clang $flags tests/fuzz/$fuzzer.c $sources code/lib/*.c -o build/fuzz/$fuzzer \
        -lmicrohttpd -lmd4c -lgumbo -lxxhash -lutf8proc -lcmark -lm -pthread
    echo "fuzz: $fuzzer for $seconds s"
    build/fuzz/$fuzzer -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 \
        -print_final_stats=1 -dict=tests/fuzz/fuzz.dict -artifact_prefix=build/fuzz/ \
        build/fuzz/corpus tests/fuzz/corpus
done
