#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# migration between two hosts: afterwards the guest is alive on exactly one of them

load common
load pair

setup_file() {
    make_shared
}

teardown_file() {
    rm -rf $SHARED
}

teardown() {
    take_away
}

@test "--check says what is in the way, and moves nothing" {
    start_on one
    run --separate-stderr migrate one two --check
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    alive_only_on one
    # the other host has one of the same name
    sed 's,<name>mover</name>,&<uuid>5f7b6a52-0d6a-4d8e-9b0a-3c1f0e4d2a11</uuid>,' \
        $SHARED/mover.xml >$SHARED/other.xml
    on two virsh -q define $SHARED/other.xml
    run --separate-stderr migrate one two --check
    echo "$output $stderr"
    [ "$status" -eq 1 ]
    [[ "$output" == *"another 'mover'"*--dname* ]]
    alive_only_on one
}

@test "live, with the disk on a directory that both hosts see" {
    head -c 16M /dev/urandom >$SHARED/disk.img
    chmod 666 $SHARED/disk.img
    start_on one $SHARED/disk.img
    run --separate-stderr migrate one two --unsafe --persistent --undefinesource --verbose
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    [[ "$stderr" == *'Migration: [100 %]'* ]]
    alive_only_on two
    [ "$(state one)" = none ]
}

@test "the daemons do it among themselves, and the name changes" {
    start_on one
    run --separate-stderr migrate one two --p2p --dname moved
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    [ "$(on two virsh -q domstate moved)" = running ]
    on two virsh -q destroy moved
}

@test "with a copy of the disk" {
    disk_on one 8
    on two truncate -s 8M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    run --separate-stderr migrate one two --copy-storage-all
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    alive_only_on two
    on two virsh -q destroy mover
    [ "$(on one sha256sum <"$RIG_ONE/var/images/mover.img")" = \
        "$(on two sha256sum <"$RIG_TWO/var/images/mover.img")" ]
}

@test "Ctrl-C cancels: it stays where it was" {
    disk_on one 64
    on two truncate -s 64M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    begin one two --copy-storage-all
    kill -INT "$(virsh_pid)"
    wait $client && false
    cat $SHARED/err
    [ -s $SHARED/err ]
    until_true 30 alive_only_on one
    # and it can be moved once nobody interferes
    migrate one two --copy-storage-all
    alive_only_on two
}

@test "--timeout suspends what takes too long" {
    start_on one
    run --separate-stderr migrate one two --timeout 60 --timeout-suspend
    [ "$status" -eq 0 ]
    alive_only_on two
}

@test "the client is killed: it is on one side" {
    disk_on one 64
    on two truncate -s 64M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    begin one two --copy-storage-all
    kill -KILL "$(virsh_pid)"
    wait $client && false
    until_true 60 alive_only_on one
}

@test "the target's daemon is killed: it stays where it was" {
    disk_on one 64
    on two truncate -s 64M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    begin one two --copy-storage-all
    on two bash -c 'kill -KILL $(cat /run/libvirtd.pid)'
    wait $client && false
    cat $SHARED/err
    daemon_on two
    until_true 60 alive_only_on one
}

@test "the source's daemon is killed: it stays where it was" {
    disk_on one 64
    on two truncate -s 64M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    begin one two --copy-storage-all
    on one bash -c 'kill -KILL $(cat /run/libvirtd.pid)'
    wait $client && false
    cat $SHARED/err
    daemon_on one
    until_true 60 alive_only_on one
}
