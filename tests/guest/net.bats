#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# networks of a real daemon, and a bridge made out of the host's own card

load common

teardown () {
    for net in lab prod; do
        virsh -q net-destroy $net 2>/dev/null || :
        virsh -q net-undefine $net 2>/dev/null || :
    done
    [ ! -e "$BATS_TEST_TMPDIR/peer" ] || kill "$(cat "$BATS_TEST_TMPDIR/peer")"
    ip link delete br7 2>/dev/null || :
    ip link delete nic7 2>/dev/null || :
}

# has_own_net PID: whether it has left this network namespace
has_own_net () {
    [ "$(readlink "/proc/$1/ns/net")" != "$(readlink /proc/self/ns/net)" ]
}

# card: the card nic7, 10.7.7.2, whose gateway 10.7.7.1 lies in a namespace of its own
card () {
    unshare --net sleep 600 3>&- &
    echo $! >"$BATS_TEST_TMPDIR/peer"
    peer=$!
    until_true 5 has_own_net "$peer"
    until_true 5 ip link add nic7 type veth peer name peer7 netns "$peer"
    nsenter -n -t "$peer" ip addr add 10.7.7.1/24 dev peer7
    nsenter -n -t "$peer" ip link set peer7 up
    ip addr add 10.7.7.2/24 dev nic7
    ip link set nic7 up
    ip route add 10.99.0.0/16 via 10.7.7.1
}

@test "net create: NAT with a fixed lease is active, and a second one gets another subnet" {
    run --separate-stderr "$BIN/virtyard-net" create lab --nat --start --autostart \
        --host web1=52:54:00:12:34:56,192.168.150.10
    [ "$status" -eq 0 ]
    virsh net-info lab | grep -q 'Active: *yes'
    run --separate-stderr "$BIN/virtyard-net" create other --dry-run
    [[ "$output" == *192.168.151.0/24* ]]
    run --separate-stderr "$BIN/virtyard-net" create other 192.168.150.0/25
    [ "$status" -eq 4 ]
    [[ "$stderr" == *"network 'lab'"* ]]
}

@test "net create: a route of any table is not built over" {
    card
    ip route add 10.50.0.0/16 dev nic7 table 77
    run --separate-stderr "$BIN/virtyard-net" create lab 10.50.3.0/24
    [ "$status" -eq 4 ]
    [[ "$stderr" == *"route 10.50.0.0/16 by nic7"* ]]
}

@test "net create --uplink: addresses and routes move to the bridge" {
    card
    run --separate-stderr "$BIN/virtyard-net" create prod --bridge br7 --uplink nic7 --start
    [ "$status" -eq 0 ]
    ip addr show dev br7 | grep -q 'inet 10.7.7.2/24'
    ip route show 10.99.0.0/16 | grep -q 'dev br7'
    [ -z "$(ip -4 -o addr show dev nic7)" ]
    ip link show dev nic7 | grep -q 'master br7'
    virsh net-info prod | grep -q 'Active: *yes'
}

@test "net create --uplink: undone to the last route when a later step fails" {
    card
    before=$(ip -4 addr; ip route)
    # the define fails: the daemon's directory takes no new file
    mount -t tmpfs -o ro none /etc/libvirt/qemu/networks
    run --separate-stderr "$BIN/virtyard-net" create prod --bridge br7 --uplink nic7 --start
    umount /etc/libvirt/qemu/networks
    [ "$status" -eq 1 ]
    [ "$(ip -4 addr; ip route)" = "$before" ]
    run virsh net-info prod
    [ "$status" -ne 0 ]
}
