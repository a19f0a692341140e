#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# whatever happens while a domain is changed, it is changed or as it was: its definition,
# the running guest, the volumes

load ../guest/common

setup_file () {
    # the journals of this host only
    mkdir -p /var/lib/virtyard
    mount -t tmpfs -o mode=755 tmpfs /var/lib/virtyard
    if ! virsh pool-info default >/dev/null 2>&1; then
        virsh pool-define-as default dir --target "$IMAGES"
        virsh pool-start default
    fi
    domain >"$BATS_FILE_TMPDIR/domain.xml"
    export AS_BEFORE="virsh define $BATS_FILE_TMPDIR/domain.xml"
}

setup () {
    virsh define "$BATS_FILE_TMPDIR/domain.xml"
    virsh dumpxml --inactive fault >"$BATS_FILE_TMPDIR/domain.xml"
}

teardown () {
    virsh destroy fault
    virsh undefine fault
} >/dev/null 2>&1

domain () {
    cat <<XML
<domain type='qemu'>
  <name>fault</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <controller type='pci' model='pcie-root'/>
    $(for _ in 1 2 3 4 5 6; do echo "<controller type='pci' model='pcie-root-port'/>"; done)
    <controller type='usb' model='qemu-xhci'/>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/><source network='default'/><model type='virtio'/><link state='up'/>
    </interface>
    <input type='tablet' bus='usb'/>
  </devices>
</domain>
XML
}

# both: what counts beside names and files, with nothing that differs by itself
both () {
    virsh dumpxml --inactive fault
    [ "$(virsh domstate fault)" != running ] || virsh dumpxml fault |
        grep -E '<(interface|link|input|source|target|mac|disk)' | sed "s/vnet[0-9]*//; s/portid='[^']*'//; s/index='[0-9]*'//" | sort
}

changes () { # changes CLEAN WORD… : virt-xml with faults
    local clean=$1
    shift
    export -f both
    "$BATS_TEST_DIRNAME/run" --state both --clean "$clean" -- "$BIN/virt-xml" fault "$@"
}

@test "--add-device: a volume and the definition, or nothing" {
    changes "$AS_BEFORE; rm $IMAGES/new.qcow2" \
        --add-device --disk "$IMAGES/new.qcow2,size=0.1,bus=virtio"
}

@test "--edit --start: the definition and the guest, or nothing" {
    changes "virsh destroy fault; $AS_BEFORE" --edit --memory 80 --start
}

@test "--add-device --start: volume, definition and guest, or nothing" {
    changes "virsh destroy fault; $AS_BEFORE; rm $IMAGES/new.qcow2" \
        --add-device --disk "$IMAGES/new.qcow2,size=0.1,bus=virtio" --start
}

@test "--add-device --update: volume, running guest and definition, or nothing" {
    virsh start fault
    # a device on USB goes without the guest's help
    changes "virsh detach-disk fault sda --live; $AS_BEFORE; rm $IMAGES/new.qcow2" \
        --add-device --disk "$IMAGES/new.qcow2,size=0.1,bus=usb,target.dev=sda" --update
}

@test "--edit --update: running guest and definition, or nothing" {
    virsh start fault
    changes "virsh domif-setlink fault 52:54:00:00:00:01 up; $AS_BEFORE" \
        --edit --network link.state=down --update
}

@test "--remove-device --update: running guest and definition, or nothing" {
    virsh start fault
    virsh dumpxml fault | sed -n '/<input type=.tablet/,/<\/input>/p' |
        sed '/<alias/d' >"$BATS_FILE_TMPDIR/tablet.xml"
    changes "virsh attach-device fault $BATS_FILE_TMPDIR/tablet.xml --live; $AS_BEFORE" \
        --remove-device --input tablet --update
}
