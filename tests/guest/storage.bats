#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# pools and volumes of a real daemon: content there and back, with holes, and sizes

load common

setup () {
    cd "$BATS_TEST_TMPDIR" || return 1
    pool=$IMAGES/lab
    v pool-create-as lab dir --target "$pool" --build
}

teardown () {
    "$BIN/virsh" -q pool-destroy lab || :
    rm -rf "$pool"
}

v () {
    "$BIN/virsh" -q "$@"
}

# holed FILE: 8 MiB, of which 4 KiB in the middle and at the end are data
holed () {
    truncate -s 8M "$1"
    head -c 4096 /dev/urandom | dd of="$1" bs=4096 seek=1024 conv=notrunc status=none
    head -c 4096 /dev/urandom | dd of="$1" bs=4096 seek=2047 conv=notrunc status=none
}

# kib FILE: what it takes on the disk
kib () {
    du -k "$1" | cut -f1
}

@test "upload and download bring a file back as it was" {
    head -c 3000001 /dev/urandom >data
    v vol-create-as lab a 3000001
    v vol-upload a data --pool lab
    v vol-download a back --pool lab
    cmp data back
}

@test "offset and length choose a part" {
    head -c 8192 /dev/urandom >data
    v vol-create-as lab a 8192
    v vol-upload a data --pool lab
    v vol-download a part --pool lab --offset 1000 --length 2000
    cmp part <(tail -c +1001 data | head -c 2000)
    head -c 100 /dev/urandom >piece
    v vol-upload a piece --pool lab --offset 5000
    v vol-download a back --pool lab --offset 5000 --length 100
    cmp piece back
}

@test "--sparse keeps holes, there and back" {
    holed data
    v vol-create-as lab a 8M --allocation 0
    v vol-upload a data --pool lab --sparse
    [ "$(kib "$pool/a")" -le 64 ]
    v vol-download a back --pool lab --sparse
    cmp data back
    [ "$(kib back)" -le 64 ]
    # a pipe has no holes: they are zeros there
    v vol-download a /dev/stdout --pool lab --sparse | cmp data -
}

@test "a download that fails leaves nothing new and spoils nothing old" {
    v vol-create-as lab a 1M
    rm "$pool/a"
    run ! v vol-download a new --pool lab
    [ ! -e new ]
    echo kept >old
    run ! v vol-download a old --pool lab
    [ "$(cat old)" = kept ]
}

@test "an interrupted download ends soon and leaves nothing" {
    v vol-create-as lab big 20G --allocation 0
    "$BIN/virsh" -q vol-download big new --pool lab 3>&- &
    child=$!
    until_true 10 test -s new
    kill -TERM $child
    status=0
    wait $child || status=$?
    [ "$status" -ne 0 ]
    [ ! -e new ]
    run v vol-info big --pool lab
    [ "$status" -eq 0 ]
}

@test "wipe leaves zeros of the same size" {
    head -c 65536 /dev/urandom >data
    v vol-create-as lab a 65536
    v vol-upload a data --pool lab
    v vol-wipe a --pool lab
    v vol-download a back --pool lab
    cmp back <(head -c 65536 /dev/zero)
}

@test "clone, resize and delete" {
    head -c 1048576 /dev/urandom >data
    v vol-create-as lab a 1M
    v vol-upload a data --pool lab
    v vol-clone a b --pool lab
    v vol-download b back --pool lab
    cmp data back
    v vol-resize b 3M --pool lab
    v vol-resize b 1M --pool lab --delta
    run v vol-info b --pool lab --bytes
    [[ "$output" == *"4194304 bytes"* ]]
    run ! v vol-resize b 1M --pool lab
    v vol-resize --pool lab --shrink b -- -3M
    v vol-download b back --pool lab
    cmp data back
    v vol-delete b --pool lab
    run v vol-list lab
    [[ "$output" != *" b "* ]]
}

@test "a qcow2 on a backing volume, and its copy" {
    v vol-create-as lab base 1M
    v vol-create-as lab top 2M --format qcow2 --backing-vol base --backing-vol-format raw
    qemu-img info --output=json "$pool/top" | grep -F "\"backing-filename\": \"$pool/base\""
    v vol-create-as lab copy 2M --format qcow2 --print-xml >copy.xml
    v vol-create-from lab copy.xml top --inputpool lab
    qemu-img info "$pool/copy" | grep 'virtual size: 2 MiB'
}

@test "vol-list over 300 volumes asks for no path" {
    (cd "$pool" && touch v{001..300})
    v pool-refresh lab
    LIBVIRT_LOG_FILTERS=1:libvirt LIBVIRT_LOG_OUTPUTS="1:file:$PWD/calls" \
        "$BIN/virsh" -q vol-list lab >names
    [ "$(grep -c "$pool/v" names)" -eq 300 ]
    run ! grep -q virStorageVolGetPath: calls
}

@test "pool-edit changes the definition" {
    v pool-define-as kept dir --target "$IMAGES/kept"
    EDITOR="sed -i s:images/kept:images/moved:" v pool-edit kept
    v pool-dumpxml kept --inactive | grep -F "<path>$IMAGES/moved</path>"
    run ! env EDITOR="sed -i s:dir:bogus:" "$BIN/virsh" -q pool-edit kept
    v pool-undefine kept
}
