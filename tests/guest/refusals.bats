#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# what cannot work is one clear error, and leaves everything as it was

load common

setup_file () {
    "$BIN/virtyard-image" create taken.qcow2 1G
    "$BIN/virt-install" --virt-type qemu --name there --memory 64 --import \
        --disk "$IMAGES/taken.qcow2" --osinfo generic --network none --graphics none \
        --noautoconsole
}

teardown_file () {
    virsh destroy there
    virsh undefine there
    rm -f "$IMAGES/taken.qcow2"
}

# Everything of the host with its contents.
everything () {
    inventory
    find /etc/libvirt /var/lib/libvirt/{images,boot} -type f -exec cksum {} + | sort
}

# refused STATUS TEXT CMD… : it fails with that status and a message with the text
refused () {
    local wanted=$1 text=$2
    shift 2
    everything >"$BATS_TEST_TMPDIR/before"
    run --separate-stderr "$@"
    echo "status $status, stdout: $output, stderr: $stderr"
    [ "$status" -eq "$wanted" ]
    [[ "$stderr" == *"$text"* ]]
    everything | diff "$BATS_TEST_TMPDIR/before" -
}

install () { # install NAME WORDS…
    "$BIN/virt-install" --virt-type qemu --name "$1" --memory 64 --osinfo generic \
        --graphics none --noautoconsole "${@:2}"
}

@test "a name in use" {
    refused 1 "'there'" install there --import --disk size=1 --network none
}

@test "a disk in use by another guest, which is named" {
    refused 1 "there" install second --import --disk "$IMAGES/taken.qcow2" --network none
}

@test "a disk that is not there and has no size" {
    refused 1 "$IMAGES/absent.qcow2" install second --import \
        --disk "$IMAGES/absent.qcow2" --network none
}

@test "a network that does not exist, and one that is not active" {
    refused 1 "'nowhere'" install second --import --disk none --network network=nowhere
    "$BIN/virtyard-net" create idle --isolated
    refused 1 "'idle'" install second --import --disk size=1 --network network=idle
    "$BIN/virtyard-net" delete idle
}

@test "a pool and a volume that do not exist" {
    refused 1 "'nopool'" install second --import --disk pool=nopool,size=1 --network none
    "$BIN/virtyard" host prepare pool
    refused 1 "novolume" install second --import --disk vol=default/novolume --network none
}

@test "media that are not there, and media that are no tree" {
    refused 1 "/nowhere/dvd.iso" install second --disk size=1 --network none \
        --location /nowhere/dvd.iso
    refused 1 "$GUEST/disk.qcow2" install second --disk size=1 --network none \
        --location "$GUEST/disk.qcow2"
}

@test "an image below a directory that QEMU's user cannot pass" {
    mkdir -m 700 "$IMAGES/closed"
    truncate -s 1M "$IMAGES/closed/disk.raw"
    refused 1 "$IMAGES/closed" install second --import --network none \
        --disk "$IMAGES/closed/disk.raw"
    rm -r "$IMAGES/closed"
}

@test "a file system without room for the disk" {
    mkdir "$IMAGES/small"
    mount -t tmpfs -o size=4m,mode=711 tmpfs "$IMAGES/small"
    refused 1 "$IMAGES/small" install second --import --network none \
        --disk "$IMAGES/small/disk.raw,size=1,sparse=no,format=raw"
    [ -z "$(ls -A "$IMAGES/small")" ]
    umount "$IMAGES/small"
    rmdir "$IMAGES/small"
}

@test "names that are paths, options or markup" {
    local name
    for name in ../../etc/passwd '<x/>' $'a\nb' '/etc/x'; do
        everything >"$BATS_TEST_TMPDIR/before"
        run --separate-stderr install "$name" --import --disk size=1 --network none
        echo "name '$name': status $status, $stderr"
        [ "$status" -ne 0 ]
        [[ "$stderr" == *"cannot be the name of a domain"* ]]
        everything | diff "$BATS_TEST_TMPDIR/before" -
    done
    run install '&"it'"'"'s"' --import --disk none --network none --print-xml --dry-run
    [[ "$output" == *"&amp;"* ]]
}

@test "a daemon that is not there" {
    local absent='qemu+unix:///system?socket=/run/absent.sock'
    refused 9 absent.sock "$BIN/virtyard-net" list --connect "$absent"
    refused 9 absent.sock "$BIN/virtyard-image" create --connect "$absent" new.qcow2 1G
    refused 1 absent.sock install second --connect "$absent" --import --disk size=1
}
