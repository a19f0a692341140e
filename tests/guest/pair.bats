#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# guests of two hosts on one Ethernet segment: a bridge instead of NAT

load common

on () { # on one|two CMD… : in that host
    local host=$RIG_ONE
    [ "$1" = one ] || host=$RIG_TWO
    shift
    "$BATS_TEST_DIRNAME/../rig/host" in "$host" "$@"
}

@test "the hosts reach each other" {
    until_true 10 on two bash -c 'exec 3<>/dev/tcp/10.77.0.1/53 2>/dev/null ||
        ip neigh show 10.77.0.1 | grep -q lladdr'
}

@test "a bridge network is defined on both" {
    on one "$BIN/virtyard-net" create lan --bridge br0 --start --autostart
    on two "$BIN/virtyard-net" create lan --bridge br0 --start --autostart
    on two virsh net-dumpxml lan | grep -q '<bridge name=.br0./>'
}

@test "a guest of the second host gets its address from the first" {
    on two cp "$GUEST/disk.qcow2" $IMAGES/bridged.qcow2
    on two "$BIN/virt-install" --virt-type qemu --name bridged --memory 256 --import \
        --disk $IMAGES/bridged.qcow2 --os-variant rhel8.0 --network network=lan \
        --graphics none --noautoconsole
    until_true 150 on one grep -q guest /run/segment.leases
}

@test "wait NAME ip finds an address that no lease of its own host tells" {
    address=$(on one cut -d' ' -f3 /run/segment.leases)
    # a host knows its neighbours once they have spoken
    on two bash -c "echo >/dev/udp/$address/9"
    run --separate-stderr on two "$BIN/virtyard-wait" bridged ip --timeout 1m
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    [[ "$output" == *"$address"* ]]
}
