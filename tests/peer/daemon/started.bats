#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# guests that start here: what virt-install and the machine's own make of the same lines,
# on the daemon and on the disk, is equal, and both run

load common

setup_file () {
    need_peer virt-install
    host_of_images
    cp "$GUEST/disk.qcow2" "$IMAGES/web.qcow2"
    qemu-img create -q -f raw "$IMAGES/data.img" 64M
    cp "$GUEST/install.iso" "$IMAGES/system.iso"
    virsh -q pool-refresh default
}

@test "guests that start here are equal when both have made them" {
    started_lines <<'LINES'
--memory 64 --disk "$IMAGES/web.qcow2" --import --osinfo debian11 --graphics none
--memory 64 --vcpus 2 --disk "$IMAGES/web.qcow2",cache=none --import --osinfo fedora36 --graphics vnc
--memory 64 --disk "$IMAGES/web.qcow2" --import --osinfo rhel9.0
--memory 64 --disk "$IMAGES/web.qcow2",bus=sata --import --osinfo win10 --network default,model=e1000
--memory 64 --disk "$IMAGES/web.qcow2" --import --osinfo generic --network none --nographics
--memory 64 --machine pc --disk "$IMAGES/web.qcow2" --disk "$IMAGES/data.img",bus=scsi --import --osinfo debian11
--memory 64 --disk size=1 --pxe --osinfo debian11
--memory 64 --disk size=1,format=raw --disk pool=default,size=1 --pxe --osinfo alpinelinux3.15
--memory 64 --disk size=1,backing_store="$IMAGES/web.qcow2",backing_format=qcow2 --import --osinfo debian11
--memory 64 --disk none --import --osinfo generic --serial file,path=/var/log/libvirt/started.log --watchdog i6300esb --rng /dev/urandom
--memory 64 --disk none --import --osinfo generic --sound ich9 --input tablet,bus=usb --tpm none
--memory 64 --disk none --import --osinfo generic --boot network,hd,menu=on --metadata title=Web --iothreads 1
--memory 64 --disk "$IMAGES/web.qcow2" --import --osinfo debian11 --boot uefi
--memory 64 --disk none --import --osinfo debian11 --channel unix,target_type=virtio,name=org.example.0 --memballoon none
--memory 64 --disk size=1 --cdrom "$IMAGES/system.iso" --graphics none
--memory 64 --disk none --cdrom "$IMAGES/system.iso" --livecd --osinfo centos-stream8
--memory 64 --vcpus 1,maxvcpus=4 --cpu Nehalem --disk none --import --osinfo generic --clock offset=localtime
LINES
}
