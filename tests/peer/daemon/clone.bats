#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-clone on a daemon beside the machine's own: the definitions and the bytes of clones
# that both have made, and that they start

load common

setup_file () {
    need_peer virt-clone
    host_of_images
    cp "$GUEST/disk.qcow2" "$IMAGES/demo.qcow2"
    qemu-img create -q -f raw "$IMAGES/data.img" 32M
    qemu-io -f raw -c 'write -P 7 1M 3M' "$IMAGES/data.img"
    truncate -s 64M "$IMAGES/device"
    : >"$IMAGES/system.iso"
    virsh -q pool-refresh default
    domain one | virsh -q define /dev/stdin
    domain demo "<disk type='file' device='disk'><source file='$IMAGES/data.img'/>
        <target dev='vdb' bus='virtio'/></disk>" | virsh -q define /dev/stdin
}

# domain NAME MORE: the XML of a domain that boots demo.qcow2
domain () {
    cat <<XML
<domain type='qemu'>
  <name>$1</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$IMAGES/demo.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    ${2-}
    <disk type='file' device='cdrom'>
      <source file='$IMAGES/system.iso'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='network'><source network='default'/><model type='virtio'/></interface>
    <graphics type='vnc' port='-1' autoport='yes'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <serial type='pty'/>
  </devices>
</domain>
XML
}

# clone_really PROGRAM OUT WORD… : the clone's definition goes to OUT, its images' names
# and bytes to OUT.images; it starts, and is gone
clone_really () {
    local program=$1 out=$2 name file
    shift 2
    made >"$out.before"
    virsh list --all --name | sort >"$out.domains"
    "$program" --connect qemu:///system "$@" </dev/null >"$out.log" 2>&1 ||
        { echo "refused: $program $*"; cat "$out.log"; return 1; }
    name=$(virsh list --all --name | sort | comm -13 "$out.domains" -)
    virsh dumpxml --inactive "$name" >"$out"
    made | comm -13 "$out.before" - >"$out.made"
    : >"$out.images"
    while read -r file; do
        qemu-img info -U "$IMAGES/$file" | grep -E '^(image|file format|virtual|backing)'
        qemu-img convert -O raw "$IMAGES/$file" "$out.raw"
        sha256sum <"$out.raw"
        rm "$out.raw"
    done <"$out.made" >>"$out.images"
    virsh -q start "$name"
    virsh -q destroy "$name"
    virsh -q undefine "$name"
    (cd "$IMAGES" && xargs -r rm <"$out.made")
    virsh -q pool-refresh default
}

# cloned_lines: each line of stdin is cloned by the peer and by ours
cloned_lines () {
    local line failed=0 count=0 at=$BATS_TEST_TMPDIR
    local -a words
    while IFS= read -r line; do
        count=$((count + 1))
        eval "words=($line)"
        clone_really "$(peer virt-clone)" "$at/theirs" "${words[@]}" &&
            clone_really "$BIN/virt-clone" "$at/ours" "${words[@]}" &&
            equal "$line" "$at/theirs" "$at/ours" &&
            diff -u "$at/theirs.images" "$at/ours.images" && continue
        echo "differs: $line"
        failed=$((failed + 1))
    done 2>&1
    echo "$count command lines, $failed differ"
    [ "$failed" -eq 0 ]
}

@test "the examples of the manual, and others" {
    cloned_lines <<'LINES'
--original demo --auto-clone
--original one --name newdemo --file "$IMAGES/newdemo.img"
--original demo --name newdemo --file "$IMAGES/newdemo.img" --file "$IMAGES/newdata.img"
--original one --name newdemo --file "$IMAGES/newdemo.img" --mac 52:54:00:34:11:54
-o demo -n copy --auto-clone --skip-copy vdb
-o demo -n copy --auto-clone --nonsparse
-o demo -n copy --auto-clone --uuid 11111111-2222-3333-4444-555555555555
-o demo -n copy --auto-clone --mac RANDOM
-o demo -n copy -f "$IMAGES/a.qcow2" --auto-clone
LINES
}

@test "an image that is there is kept, or overwritten" {
    local program count=0
    for program in "$(peer virt-clone)" "$BIN/virt-clone"; do
        cp "$IMAGES/device" "$IMAGES/there.img"
        virsh -q pool-refresh default
        "$program" --connect qemu:///system -o one -n copy -f "$IMAGES/there.img" --preserve-data
        cmp "$IMAGES/device" "$IMAGES/there.img"
        virsh dumpxml --inactive copy >"$BATS_TEST_TMPDIR/$count"
        count=$((count + 1))
        virsh -q undefine copy
    done
    equal '' "$BATS_TEST_TMPDIR"/0 "$BATS_TEST_TMPDIR"/1
}

@test "what cannot be cloned is refused by both" {
    virsh -q start one
    both_refuse virt-clone --connect qemu:///system <<'LINES'
-o one -n copy --auto-clone
-o nosuch --auto-clone
-o demo -n one --auto-clone
-o demo -n copy
-o demo -n copy -f /nosuch/place/copy.img --auto-clone
LINES
    virsh -q destroy one
    virsh list --all --name >"$BATS_TEST_TMPDIR/domains"
    run ! grep -x copy "$BATS_TEST_TMPDIR/domains"
}
