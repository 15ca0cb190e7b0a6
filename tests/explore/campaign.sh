#!/bin/sh
# tests/explore/campaign.sh FROM TO [STEP]: random programs, those of the seeds FROM
# to TO, explored and compared with the oracle (test_campaign.c). Nice, in parts of
# STEP seeds: each part prints its figures when it is done, with any disagreement,
# its seed and its program. Stop it whenever you like.
set -eu

out=${OUT:-build}
from=$1
to=$2
part=${3:-1000}
test -x "$out/bin/test_campaign" || { echo "make $out/passed/test_campaign first" >&2; exit 2; }
while [ "$from" -le "$to" ]; do
    last=$((from + part - 1))
    [ "$last" -le "$to" ] || last=$to
    echo "# seeds $from to $last"
    nice -n 15 "$out/bin/test_campaign" "$from" "$last" || status=1
    from=$((last + 1))
done
exit ${status:-0}
