#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-xml on a daemon beside the machine's own: the examples of its manual, what it
# defines, and what it does to guests that run

load common

setup_file () {
    need_peer virt-xml
    host_of_images
    local name
    for name in first second cd; do
        qemu-img create -q -f qcow2 "$IMAGES/$name.qcow2" 16M
    done
    virsh -q pool-refresh default
    domain >"$BATS_FILE_TMPDIR/domain.xml"
}

setup () {
    virsh -q define "$BATS_FILE_TMPDIR/domain.xml"
}

teardown () {
    virsh -q destroy EXAMPLE || :
    virsh -q undefine EXAMPLE || :
} >/dev/null 2>&1

domain () {
    cat <<XML
<domain type='qemu'>
  <name>EXAMPLE</name>
  <uuid>6695eb01-f6a4-8304-79aa-97f2502e1900</uuid>
  <memory unit='MiB'>64</memory>
  <vcpu current='1'>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
  <features><acpi/><apic/></features>
  <cpu mode='custom'><model>qemu64</model></cpu>
  <devices>
    <controller type='pci' model='pcie-root'/>
    $(for _ in 1 2 3 4 5 6 7 8; do echo "<controller type='pci' model='pcie-root-port'/>"; done)
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$IMAGES/first.qcow2'/>
      <target dev='hda' bus='sata'/>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$IMAGES/second.qcow2'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <source file='$IMAGES/cd.qcow2'/>
      <target dev='hdc' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/>
      <source network='default'/>
      <model type='virtio'/>
    </interface>
    <controller type='virtio-serial'/>
    <graphics type='vnc' port='-1' autoport='yes'/>
    <sound model='ich9'/>
    <sound model='ac97'/>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0' bus='7' slot='0' function='0'/></source>
    </hostdev>
  </devices>
</domain>
XML
}

# startable: nothing here has a device to pass through, so it does not start with one
startable () {
    virsh -q undefine EXAMPLE
    sed '/<hostdev/,/<\/hostdev>/d' "$BATS_FILE_TMPDIR/domain.xml" >"$BATS_TEST_TMPDIR/startable.xml"
    virsh -q define "$BATS_TEST_TMPDIR/startable.xml"
}

# again: as it was before a line
again () {
    virsh -q destroy EXAMPLE >/dev/null 2>&1 || :
    virsh -q undefine EXAMPLE
    virsh -q define "$BATS_TEST_TMPDIR/startable.xml"
}

# state FILE: the definition and the running guest
state () {
    virsh dumpxml --inactive --security-info EXAMPLE >"$1"
    [ "$(virsh domstate EXAMPLE)" != running ] || virsh dumpxml --security-info EXAMPLE |
        sed '/<alias /d; /<label>/d; /<imagelabel>/d; s/ id=.[0-9]*.//; s/domain-[0-9]*-EXAMPLE//
            s/vnet[0-9]*//; s/index=.[0-9]*.//; s/port=.59[0-9]*.//; /<websocket/d; /<backingStore\/>/d' >>"$1"
}

# changed_lines: each line of stdin is a change that both make to EXAMPLE; with "live" the
# guest runs while it is made
changed_lines () {
    local line failed=0 count=0 at=$BATS_TEST_TMPDIR side program
    local -a words
    while IFS= read -r line; do
        count=$((count + 1))
        eval "words=($line)"
        for side in theirs ours; do
            again
            [ "${1-}" != live ] || virsh -q start EXAMPLE
            program=$BIN/virt-xml
            [ $side = ours ] || program=$(peer virt-xml)
            made >"$at/before"
            "$program" --connect qemu:///system EXAMPLE "${words[@]}" </dev/null \
                >"$at/$side.log" 2>&1 || { echo "$side refuses: $line"; cat "$at/$side.log"; }
            state "$at/$side"
            made | comm -13 "$at/before" - >"$at/$side.made"
            (cd "$IMAGES" && xargs -r qemu-img info -U <"$at/$side.made" | sed '/disk size/d') \
                >"$at/$side.images"
            (cd "$IMAGES" && xargs -r rm <"$at/$side.made")
            virsh -q pool-refresh default
        done
        equal "$line" "$at/theirs" "$at/ours" && diff -u "$at/theirs.made" "$at/ours.made" &&
            diff -u "$at/theirs.images" "$at/ours.images" && continue
        echo "differs: $line"
        failed=$((failed + 1))
    done 2>&1
    echo "$count command lines, $failed differ"
    [ "$failed" -eq 0 ]
}

lines () {
    same_lines virt-xml --connect qemu:///system
}

@test "the examples of the manual" {
    lines <<'LINES'
EXAMPLE --edit --metadata description="my new description" --print-xml
EXAMPLE --edit --boot menu=on --print-xml
EXAMPLE --edit --cpu host-model,clearxml=yes --print-xml
EXAMPLE --edit 2 --sound model=ich6 --print-xml
EXAMPLE --edit all --graphics password=foo --print-xml
EXAMPLE --edit target=hdc --disk path= --print-xml
EXAMPLE --edit target=hda --disk io=native,startup_policy=optional --print-xml
EXAMPLE --edit all --hostdev driver_name=vfio --print-xml
EXAMPLE --add-device --channel spicevmc --print-xml
EXAMPLE --add-device --disk "$IMAGES/newimage.qcow2",format=qcow2,size=1 --print-xml
EXAMPLE --osinfo fedora18 --add-device --disk "$IMAGES/newimage.qcow2",format=qcow2,size=1 --print-xml
EXAMPLE --remove-device --disk target=vdb --print-xml
EXAMPLE --remove-device --graphics all --print-xml
--build-xml --console pty,target_type=virtio
EXAMPLE --edit --qemu-commandline="-device FOO" --print-xml
EXAMPLE --no-define --edit --boot network --print-xml
LINES
    # from standard input
    "$(peer virt-xml)" --edit device=disk --disk cache=none \
        <"$BATS_FILE_TMPDIR/domain.xml" >"$BATS_TEST_TMPDIR/theirs"
    "$BIN/virt-xml" --edit device=disk --disk cache=none \
        <"$BATS_FILE_TMPDIR/domain.xml" >"$BATS_TEST_TMPDIR/ours"
    equal '' "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
    both_refuse virt-xml --connect qemu:///system <<'LINES'
EXAMPLE --update --add-device --hostdev 001.003
EXAMPLE --edit 9 --sound model=ich6
LINES
}

@test "the differences that are printed are equal" {
    local line
    local -a words
    while IFS= read -r line; do
        eval "words=($line)"
        "$(peer virt-xml)" --connect qemu:///system EXAMPLE "${words[@]}" --print-diff |
            grep '^[-+] ' >"$BATS_TEST_TMPDIR/theirs"
        "$BIN/virt-xml" --connect qemu:///system EXAMPLE "${words[@]}" --print-diff |
            grep '^[-+] ' >"$BATS_TEST_TMPDIR/ours"
        diff "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
    done <<'LINES'
--edit --vcpus 4
--edit --memory 128
--edit 2 --sound model=ich6
--edit target=vdb --disk cache=unsafe
--remove-device --graphics all
--edit --metadata title=Web
LINES
}

@test "definitions that both have changed" {
    startable
    changed_lines <<'LINES'
--edit --define --vcpus 2
--edit --memory 96,maxmemory=128
--edit --metadata title=Web,description="the web server"
--edit --boot network,hd
--edit --boot menu=on
--edit --cpu Nehalem,clearxml=yes
--edit --events on_crash=restart
--edit target=vdb --disk cache=none,io=native
--edit all --graphics password=foo
--edit 2 --sound model=ich6
--edit mac=52:54:00:00:00:01 --network model=e1000
--add-device --network network=default,mac=52:54:00:00:00:02
--add-device --disk "$IMAGES/new.qcow2",format=qcow2,size=1,bus=virtio
--add-device --disk size=1,bus=virtio
--add-device --disk "$IMAGES/new.img",format=raw,size=0.5,bus=virtio,sparse=no
--add-device --channel unix,target_type=virtio,name=org.example.0
--add-device --watchdog i6300esb,action=poweroff
--add-device --rng /dev/urandom
--add-device --input tablet,bus=usb
--remove-device --disk target=vdb
--remove-device --sound all
--remove-device --network mac=52:54:00:00:00:01
--update --edit --sound model=ich6
LINES
}

@test "guests that both have changed while they ran" {
    startable
    changed_lines live <<'LINES'
--update --add-device --disk "$IMAGES/new.qcow2",format=qcow2,size=0.1,target.bus=virtio
--update --add-device --network network=default,mac=52:54:00:00:00:02,model=virtio
--update --add-device --rng /dev/urandom,model=virtio
--update --edit target=hdc --disk path=
--update --edit --network link.state=down
--update --no-define --edit --network link.state=down
--edit --metadata title=Later
--remove-device --sound all
LINES
}

@test "guests that both have started" {
    startable
    changed_lines <<'LINES'
--edit --metadata title=Now --start
--edit --boot network --start --no-define
--add-device --rng /dev/urandom --start
--add-device --disk "$IMAGES/new.qcow2",format=qcow2,size=0.1,bus=virtio --start
LINES
}
