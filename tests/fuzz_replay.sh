#!/bin/sh
# tests/fuzz_replay.sh FUZZER...: every chapter of tests/corpus through each
# fuzzer, once, without libFuzzer. What fuzzing found stays found.
set -eu

for fuzzer; do
    "$fuzzer" tests/corpus
    echo "ok ${fuzzer##*/}"
done
