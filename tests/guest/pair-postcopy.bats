#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# post-copy: the guest runs at the other host before its memory is there

load common
load pair

setup_file () {
    make_shared
    # QEMU asks the kernel for faults of its pages, which root may always do
    configure qemu.conf 'user = "root"' 'group = "root"' 'clear_emulator_capabilities = 0'
}

teardown_file () {
    rm -rf $SHARED
}

teardown () {
    take_away
}

# possible: skips where the kernel lends no page faults, not even to root
possible () {
    start_on one
    run migrate one two --postcopy
    echo "$output"
    [[ "$output" != *[Pp]ostcopy*"not supported"* ]] ||
        skip "the kernel has no userfaultfd for QEMU: $output"
    [ "$status" -eq 0 ]
    alive_only_on two
    take_away
}

@test "--postcopy that needs no switch, and --postcopy-after-precopy" {
    possible
    start_on one
    run --separate-stderr migrate one two --postcopy --postcopy-after-precopy
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    alive_only_on two
}

# noisy_on HOST: a guest whose memory is full of noise, so that it takes a while: a kernel
# with an initrd that is none
noisy_on () {
    cp "$GUEST/tree/images/pxeboot/vmlinuz" $SHARED/vmlinuz
    head -c 48M /dev/urandom >$SHARED/noise
    chmod 644 $SHARED/vmlinuz $SHARED/noise
    start_on "$1"
    on "$1" virsh -q destroy mover
    on "$1" virsh -q undefine mover
    sed -i "s,64</memory>,256</memory>,; s,</os>,<kernel>$SHARED/vmlinuz</kernel>&,
        s,</os>,<initrd>$SHARED/noise</initrd>&," $SHARED/mover.xml
    on "$1" virsh -q define $SHARED/mover.xml
    on "$1" virsh -q start mover
    until_true 30 grown "$1"
}

grown () { # grown HOST: the noise is in the guest's memory
    [ "$(on "$1" virsh -q dommemstat mover | awk '$1 == "rss" { print $2 }')" -gt 150000 ]
}

@test "migrate-postcopy switches a migration that is on its way" {
    possible
    noisy_on one
    begin one two --postcopy
    # a job is there before the data flow
    until_true 10 on one "$BIN/virsh" migrate-postcopy mover
    wait $client
    alive_only_on two
}

@test "--timeout-postcopy switches after a while" {
    possible
    noisy_on one
    run --separate-stderr migrate one two --postcopy --bandwidth 1 --timeout 2 \
        --timeout-postcopy
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    [[ "$stderr" == *post-copy* ]]
    alive_only_on two
}

@test "migrate-postcopy without a migration is an error" {
    start_on one
    run --separate-stderr on one "$BIN/virsh" migrate-postcopy mover
    echo "$output $stderr"
    [ "$status" -eq 1 ]
    [ -n "$stderr" ]
    alive_only_on one
}
