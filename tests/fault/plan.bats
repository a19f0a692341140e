#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# whatever happens in the midst of a command, nothing of it is left

load ../guest/common

setup_file () {
    if ! virsh pool-info default >/dev/null 2>&1; then
        virsh pool-define-as default dir --target "$IMAGES"
        virsh pool-start default
    fi
}

faults () {
    "$BATS_TEST_DIRNAME/run" "$@"
}

@test "net create: defined, started and set to start with the host, or nothing" {
    faults --clean "$BIN/virtyard-net delete lab" -- \
        "$BIN/virtyard-net" create lab --nat 192.168.177.0/24 --start --autostart
}

@test "net delete: the network is gone, or as it was" {
    "$BIN/virtyard-net" create lab --nat 192.168.177.0/24 --start --autostart
    faults --clean "$BIN/virtyard-net create lab --nat 192.168.177.0/24 --start --autostart" \
        -- "$BIN/virtyard-net" delete lab
    "$BIN/virtyard-net" delete lab
}

@test "image create: image and directories, or nothing" {
    faults --clean "rm -r $IMAGES/fault" -- \
        "$BIN/virtyard-image" create $IMAGES/fault/deep/disk.qcow2 1G
}

@test "install: domain, volume and boot files, or nothing" {
    cp "$GUEST/install.iso" $IMAGES/install.iso
    # libvirt keeps the owner that it gives to media
    chown libvirt-qemu: $IMAGES/install.iso
    faults \
        --clean "virsh destroy fault; virsh undefine fault; rm $IMAGES/fault.qcow2" -- \
        "$BIN/virt-install" --virt-type qemu --name fault --ram 256 \
        --disk path=$IMAGES/fault.qcow2,size=1 --network network=default \
        --graphics none --os-variant rhel8.0 --location $IMAGES/install.iso \
        --extra-args console=ttyS0 --noautoconsole --wait 0
}
