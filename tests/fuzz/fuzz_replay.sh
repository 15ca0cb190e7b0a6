#!/bin/sh
# tests/fuzz/fuzz_replay.sh FUZZER...: every chapter of tests/fuzz/corpus through each
# fuzzer, once, without libFuzzer. What fuzzing found stays found.
set -eu

for fuzzer; do
    "$fuzzer" tests/fuzz/corpus
    echo "ok ${fuzzer##*/}"
done
