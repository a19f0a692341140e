#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# hosts that refuse, that nobody knows, and that never say a word: one error in time

bats_require_minimum_version 1.5.0

setup_file () {
    # takes connections and is silent
    python3 - >"$BATS_FILE_TMPDIR/port" 3>&- <<'PY' &
import socket
server = socket.create_server(("127.0.0.1", 0), backlog=64)
print(server.getsockname()[1], flush=True)
kept = []
while True:
    kept.append(server.accept())
PY
    echo $! >"$BATS_FILE_TMPDIR/pid"
    until [ -s "$BATS_FILE_TMPDIR/port" ]; do sleep 0.05; done
    silent=127.0.0.1:$(cat "$BATS_FILE_TMPDIR/port")
    export silent HOME=$BATS_FILE_TMPDIR
}

teardown_file () {
    kill "$(cat "$BATS_FILE_TMPDIR/pid")"
}

# fails STATUS PATTERN SECONDS PROGRAM WORD…: one error of one line or two, in that time
fails () {
    local status=$1 pattern=$2 limit=$3 program=$BIN/$4 start=$SECONDS result=0 said
    shift 4
    said=$(setsid -w timeout 100 "$program" "$@" </dev/null 2>&1 >/dev/null) || result=$?
    [ $result -eq "$status" ] || { echo "$*: status $result, $said"; return 1; }
    [[ $said == *$pattern* ]] || { echo "$*: $said"; return 1; }
    [ "$(wc -l <<<"$said")" -le 3 ] || { echo "$*: $said"; return 1; }
    [ $((SECONDS - start)) -le "$limit" ] || { echo "$*: $((SECONDS - start)) s"; return 1; }
}

# each_fails URI PATTERN SECONDS: so does every program
each_fails () {
    local -a jobs=()
    local job failed=0
    fails 1 "$2" "$3" virsh -c "$1" list & jobs+=($!)
    fails 1 "$2" "$3" virt-install --connect "$1" --name a --memory 64 --disk none --pxe \
        --osinfo generic & jobs+=($!)
    fails 1 "$2" "$3" virt-clone --connect "$1" -o a -n b --auto-clone & jobs+=($!)
    fails 1 "$2" "$3" virt-xml --connect "$1" a --edit --memory 64 & jobs+=($!)
    fails 9 "$2" "$3" virtyard-net --connect "$1" list & jobs+=($!)
    fails 9 "$2" "$3" virtyard-ip --connect "$1" a & jobs+=($!)
    for job in "${jobs[@]}"; do wait "$job" || failed=1; done
    [ $failed = 0 ]
}

@test "a host that refuses is an error at once" {
    each_fails qemu+tcp://127.0.0.1:9/system refused 10
    each_fails qemu+ssh://root@127.0.0.1:9/system refused 10
    fails 1 'connect to' 10 virsh -c 'esx://root@127.0.0.1:9/?no_verify=1' list
    fails 1 'connect to' 10 virsh -c 'vpx://root@127.0.0.1:9/dc/host?no_verify=1' list
}

@test "a host that is silent is given up" {
    each_fails "qemu+tcp://$silent/system" 'no answer' 40 &
    local tcp=$!
    each_fails "qemu+ssh://root@$silent/system" 'no answer' 40 &
    local ssh=$!
    fails 1 'no answer' 40 virsh -c "esx://root@$silent/?no_verify=1" list &
    local esx=$!
    fails 1 'no answer' 40 virsh -c "vpx://root@$silent/dc/host?no_verify=1" list
    wait $tcp && wait $ssh && wait $esx
    # no ssh is left behind
    run ! pgrep -f "ssh.*-p ${silent#*:}"
}

@test "a name that is no host is an error that has it" {
    each_fails qemu+tcp://no-such-host.invalid/system no-such-host.invalid 30
    fails 1 no-such-host.invalid 30 virsh -c 'esx://root@no-such-host.invalid/?no_verify=1' list
}

@test "a daemon or hypervisor that is not there is an error that says so" {
    local uri
    for uri in xen:///system lxc:///system bhyve:///system vz:///system nosuch:///; do
        each_fails "$uri?socket=$HOME/none" 'connect' 10
    done
}
