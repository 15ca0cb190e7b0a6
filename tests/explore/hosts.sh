#!/bin/sh
# hosts.sh HEDDLE PROGRAM [ARGUMENT...]
# A program explored on two hosts: GNU parallel gives the shards out over ssh, their parts
# come back, and what is joined must be what exploring here finds. The hosts are network
# namespaces of this machine, each with an sshd of its own, and a key that lives as long as
# this does. It takes root, ip, ssh, parallel and sshd (SSHD names it otherwise); MODEL is a
# memory model. By hand, and no part of make test: what parts are worth shows
# tests/explore/test_explore_parts.c.
set -eu
heddle=$(realpath "$1")
program=$(realpath "$2")
shift 2
sshd=${SSHD:-$(command -v sshd || echo /usr/sbin/sshd)}
options=${MODEL:+--model $MODEL}
dir=$(mktemp -d)
hosts='hx1 hx2'
daemons=

finish() {
    for pid in $daemons; do
        kill "$pid" 2>/dev/null || true
    done
    for host in $hosts; do
        ip netns delete $host 2>/dev/null || true
    done
    rm -rf "$dir"
}
trap finish EXIT

ssh-keygen -q -t ed25519 -N '' -f "$dir/key"
chmod 700 "$dir"
cat >"$dir/sshd_config" <<END
HostKey $dir/key
AuthorizedKeysFile $dir/key.pub
PermitRootLogin prohibit-password
PasswordAuthentication no
StrictModes no
END
echo "ssh -q -i $dir/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" >"$dir/ssh"

logins= number=0
for host in $hosts; do
    number=$((number + 1))
    ip netns add $host
    ip link add $host type veth peer name eth0 netns $host
    ip address add 10.77.$number.1/24 dev $host
    ip link set $host up
    ip -n $host address add 10.77.$number.2/24 dev eth0
    ip -n $host link set eth0 up
    ip netns exec $host "$sshd" -D -f "$dir/sshd_config" -o "PidFile=$dir/$host.pid" &
    daemons="$daemons $!"
    logins="$logins${logins:+,}2/root@10.77.$number.2"
done
for left in 50 40 30 20 10 0; do # both are there, or it is said below why not
    # shellcheck disable=SC2046 # words of a command
    $(cat "$dir/ssh") root@10.77.1.2 true && $(cat "$dir/ssh") root@10.77.2.2 true && break
    [ $left -gt 0 ] || { echo "no sshd answers"; exit 1; }
    sleep 0.2
done

# What stands on a host alone is a folder; its part comes back as what it prints.
quoted=$(printf " '%s'" "$program" "$@")
# shellcheck disable=SC2016 # for the host's shell
parallel --will-cite --ssh "$(cat "$dir/ssh")" -S "$logins" --results "$dir/part-{}" \
    'part=$(mktemp -u); '"$heddle explore $options --shard {}/6 --keep \$part$quoted"' >/dev/null; \
    ip -o -4 address show dev eth0 >&2; cat $part; rm $part' ::: 1 2 3 4 5 6 >/dev/null || true
for shard in 1 2 3 4 5 6; do
    echo "shard $shard: $(wc -c <"$dir/part-$shard") bytes, from $(awk '{ print $4 }' "$dir/part-$shard.err")"
done

# But for how long it took, which run stands for an outcome, and what was cut.
said() {
    sed 's/, [0-9.]* s$//; s/ and [0-9]* cut short//; /schedule/d'
}
# shellcheck disable=SC2086
"$heddle" explore $options "$program" "$@" | said >"$dir/whole" || true
# shellcheck disable=SC2086
"$heddle" explore $options --merge "$dir"/part-[1-6] | said >"$dir/joined" || true
diff "$dir/whole" "$dir/joined"
cat "$dir/joined"
