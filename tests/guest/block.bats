#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# copies, commits and pulls of the disk of a guest that runs, and devices that come and go

load common

setup_file () {
    export DISK=$IMAGES/block.qcow2
    cp "$GUEST/disk.qcow2" "$DISK"
    cat >"$BATS_FILE_TMPDIR/block.xml" <<XML
<domain type='qemu'>
  <name>block</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>
  <os><type arch='x86_64'>hvm</type></os><features><acpi/></features>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/><source file='$DISK'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
    <interface type='network'>
      <mac address='52:54:00:00:b1:0c'/><source network='default'/><model type='virtio'/>
    </interface>
    <serial type='file'><source path='/tmp/block.log'/></serial>
  </devices>
</domain>
XML
    virsh -q define "$BATS_FILE_TMPDIR/block.xml"
    virsh -q start block
    until_true 120 grep -q GUEST-UP /tmp/block.log
}

v () {
    "$BIN/virsh" -q "$@"
}

# overlay NAME : another image on top of the guest's disk
overlay () {
    virsh -q snapshot-create-as block "$1" --disk-only --no-metadata >/dev/null
}

source_of_disk () {
    v --format json domblklist block | python3 -c '
import json, sys
print([row["source"] for row in json.load(sys.stdin) if row["target"] == "vda"][0])'
}

# interrupt_at PID PATTERN FILE : sends Ctrl-C's signal when the file has the pattern
interrupt_at () {
    until_true 30 grep -q "$2" "$3" && kill -INT "$1"
}

@test "blockcopy --pivot: the guest goes on with the copy" {
    run --separate-stderr "$BIN/virsh" blockcopy block vda "$IMAGES/copy.qcow2" \
        --transient-job --pivot --verbose
    [ "$status" -eq 0 ]
    [[ "$output" == *"Successfully pivoted"* ]]
    [[ "$stderr" == *"Block Copy: [100 %]"* ]]
    [ "$(source_of_disk)" = "$IMAGES/copy.qcow2" ]
}

@test "blockcopy --finish: the copy is whole, the guest stays where it is" {
    v blockcopy block vda "$IMAGES/whole.qcow2" --transient-job --finish
    [ "$(source_of_disk)" = "$IMAGES/copy.qcow2" ]
    qemu-img check -q "$IMAGES/whole.qcow2"
    v blockjob block vda
}

@test "blockjob shows a copy and ends it" {
    v blockcopy block vda "$IMAGES/later.qcow2" --transient-job --wait
    run v --format json blockjob block vda
    [[ "$output" == *'"type": "Block Copy"'* ]]
    v blockjob block vda 1500k --bytes
    [[ "$(v blockjob block vda --raw --bytes)" == *"bandwidth=1536000"* ]]
    v blockjob block vda --abort
    [ "$(v --format json blockjob block vda | tr -d ' \n')" = '{"type":null}' ]
}

@test "blockcommit --pivot: the data goes down, the overlay is gone" {
    overlay one
    v blockcommit block vda --pivot
    [ "$(source_of_disk)" = "$IMAGES/copy.qcow2" ]
}

@test "blockcommit of a middle image --wait" {
    overlay two
    overlay three
    v blockcommit block vda --top "$IMAGES/copy.two" --wait
    [ "$(source_of_disk)" = "$IMAGES/copy.three" ]
    [ "$(qemu-img info -U --backing-chain "$IMAGES/copy.three" | grep -c ^image:)" -eq 2 ]
}

@test "blockpull --wait: the disk needs nothing below it" {
    v blockpull block vda --wait
    run qemu-img info -U "$(source_of_disk)"
    [[ "$output" != *"backing file"* ]]
}

@test "a pull that takes too long is aborted by --timeout" {
    overlay four
    run "$BIN/virsh" blockpull block vda --bandwidth 1 --wait --timeout 1
    [ "$status" -eq 1 ]
    [[ "$output" == *"Pull aborted"* ]]
    [ -z "$(v blockjob block vda --raw)" ]
}

@test "Ctrl-C aborts a pull and leaves no job" {
    # a shell's background ignores the signal
    env --default-signal=INT "$BIN/virsh" blockpull block vda --bandwidth 1 --wait --verbose \
        >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
    local virsh=$! status=0
    interrupt_at $virsh '%' "$BATS_TEST_TMPDIR/err"
    wait $virsh || status=$?
    [ "$status" -eq 1 ]
    grep -q "Pull aborted" "$BATS_TEST_TMPDIR/out"
    [ -z "$(v blockjob block vda --raw)" ]
}

@test "a job that is begun while another is at work fails with libvirt's message" {
    v blockpull block vda --bandwidth 1
    run --separate-stderr ! v blockpull block vda --wait
    [[ "$stderr" == *"already in active block job"* ]]
    v blockjob block vda --abort
}

@test "blockresize grows the disk; --extend never makes it smaller" {
    v blockresize block vda 64M
    [ "$(v --format json domblkinfo block vda |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["capacity_bytes"])')" \
        -eq $((64 << 20)) ]
    run ! v blockresize block vda 1M --extend
}

@test "disks and interfaces come and go while the guest runs" {
    truncate -s 8M "$IMAGES/more.img"
    v attach-disk block "$IMAGES/more.img" vdb
    [[ "$(v domblklist block)" == *vdb*more.img* ]]
    v detach-disk block vdb
    until_true 30 eval '! "$BIN/virsh" domblklist block | grep -q vdb'
    v attach-interface block network default --mac 52:54:00:00:b1:0d --model virtio
    [[ "$(v domiflist block)" == *52:54:00:00:b1:0d* ]]
    v detach-interface block network --mac 52:54:00:00:b1:0d
    until_true 30 eval '! "$BIN/virsh" domiflist block | grep -q b1:0d'
}

@test "change-media: in, over and out" {
    truncate -s 1M "$IMAGES/a.iso" "$IMAGES/b.iso"
    v change-media block sda "$IMAGES/a.iso" --insert
    run ! v change-media block sda "$IMAGES/b.iso" --insert
    v change-media block sda "$IMAGES/b.iso"
    [[ "$(v domblklist block)" == *b.iso* ]]
    v change-media block sda --eject --force
    [[ "$(v domblklist block)" != *b.iso* ]]
}

@test "the cable is pulled and plugged in" {
    v domif-setlink block 52:54:00:00:b1:0c down
    [ "$(v domif-getlink block 52:54:00:00:b1:0c)" = "52:54:00:00:b1:0c down" ]
    v domif-setlink block 52:54:00:00:b1:0c up
    [ "$(v domif-getlink block 52:54:00:00:b1:0c)" = "52:54:00:00:b1:0c up" ]
}

@test "domstats knows the guest's disks, domjobinfo the job that was" {
    [[ "$(v domstats block --block)" == *"block.0.name=vda"* ]]
    v save block "$IMAGES/block.save"
    run v domjobinfo block --completed
    [[ "$output" == *"Operation:        Save"* ]]
}
