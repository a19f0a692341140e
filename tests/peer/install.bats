#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-install as system administrators write it, beside the machine's own

load common

setup () {
    need_peer virt-install
    dir=$BATS_TEST_TMPDIR
    qemu-img create -q -f qcow2 "$dir/disk.qcow2" 1G
    qemu-img create -q -f raw "$dir/data.img" 1G
    : >"$dir/system.iso"
    export dir
}

install () {
    same_lines virt-install --connect test:///default --print-xml --noautoconsole
}

@test "guests that are imported" {
    install <<'LINES'
--name web --memory 1024 --disk "$dir/disk.qcow2" --import --osinfo debian11
--name web --memory 2048 --vcpus 2 --disk "$dir/disk.qcow2" --import --osinfo fedora36
--name web -r 1024 --disk path="$dir/disk.qcow2",bus=virtio --import --os-variant ubuntu22.04
--name db --ram 4096 --vcpus 4,maxvcpus=8 --disk "$dir/disk.qcow2",cache=none --import --osinfo rhel8.5
--name db --memory 1024,maxmemory=2048 --disk "$dir/data.img" --import --osinfo generic
--name win --memory 4096 --vcpus 4,sockets=1,cores=2,threads=2 --disk "$dir/disk.qcow2",bus=sata --import --osinfo freebsd13.0
--name tiny --memory 128 --disk none --import --osinfo generic
--name tiny --memory 128 --disk "$dir/disk.qcow2",readonly=on --import --osinfo generic
--name tiny --memory 128 --disk "$dir/disk.qcow2",serial=ABC123,boot.order=1 --import --osinfo generic
--name two --memory 512 --disk "$dir/disk.qcow2" --disk "$dir/data.img",bus=scsi --controller scsi,model=virtio-scsi --import --osinfo debian11
LINES
}

@test "installers" {
    install <<'LINES'
--name pxe --memory 1024 --disk none --pxe --network network=default --osinfo generic
--name cd --memory 1024 --disk "$dir/disk.qcow2" --cdrom "$dir/system.iso" --osinfo debian11
--name cd --memory 1024 --disk "$dir/disk.qcow2" --disk "$dir/system.iso",device=cdrom --boot cdrom,hd --import --osinfo generic
--name boot --memory 512 --disk none --boot kernel=/boot/vmlinuz,initrd=/boot/initrd,kernel_args="console=ttyS0 quiet" --osinfo generic
--name boot --memory 512 --disk "$dir/disk.qcow2" --boot network,hd,menu=on --osinfo generic
--name boot --memory 512 --disk "$dir/disk.qcow2" --boot hd,bootmenu.timeout=3000 --osinfo generic
LINES
}

@test "networks" {
    install <<'LINES'
--name net --memory 512 --disk none --import --network none --osinfo generic
--name net --memory 512 --disk none --import --network network=default --osinfo generic
--name net --memory 512 --disk none --import --network default,model=virtio --osinfo generic
--name net --memory 512 --disk none --import --network bridge=br0,model=e1000,mac=52:54:00:12:34:56 --osinfo debian11
-n net --memory 512 --disk none --import -w bridge=br0 -w user --osinfo generic
--name net --memory 512 --disk none --import --network type=direct,source=eth0,source_mode=bridge --osinfo generic
--name net --memory 512 --disk none --import --network default,link.state=down,mtu.size=1400 --osinfo generic
--name net --memory 512 --disk none --import --network default,filterref=clean-traffic --osinfo generic
LINES
}

@test "displays, consoles and other devices" {
    install <<'LINES'
--name dev --memory 512 --disk none --import --graphics none --osinfo generic
--name dev --memory 512 --disk none --import --nographics --osinfo debian11
--name dev --memory 512 --disk none --import --graphics vnc,listen=0.0.0.0,port=5910,password=secret --osinfo generic
--name dev --memory 512 --disk none --import --graphics spice,listen=127.0.0.1 --osinfo generic
--name dev --memory 512 --disk none --import --video virtio --graphics vnc --osinfo generic
--name dev --memory 512 --disk none --import --serial pty --console pty,target_type=serial --osinfo generic
--name dev --memory 512 --disk none --import --serial file,path=/var/log/dev.log --osinfo generic
--name dev --memory 512 --disk none --import --serial tcp,host=127.0.0.1:4555,mode=bind --osinfo generic
--name dev --memory 512 --disk none --import --channel unix,target_type=virtio,name=org.qemu.guest_agent.0 --osinfo generic
--name dev --memory 512 --disk none --import --sound ich9 --osinfo generic
--name dev --memory 512 --disk none --import --watchdog i6300esb,action=reset --osinfo generic
--name dev --memory 512 --disk none --import --rng /dev/urandom --osinfo generic
--name dev --memory 512 --disk none --import --tpm emulator,model=tpm-crb,version=2.0 --osinfo generic
--name dev --memory 512 --disk none --import --filesystem /srv,share,accessmode=mapped --osinfo generic
--name dev --memory 512 --disk none --import --input tablet,bus=usb --osinfo generic
--name dev --memory 512 --disk none --import --memballoon none --osinfo generic
LINES
}

@test "processors, memory and metadata" {
    install <<'LINES'
--name cpu --memory 512 --disk none --import --cpu host-passthrough --osinfo generic
--name cpu --memory 512 --disk none --import --cpu core2duo,+x2apic,-vme --osinfo generic
--name cpu --memory 512 --disk none --import --vcpus 4,cpuset=0-1 --osinfo generic
--name cpu --memory 512 --disk none --import --cputune vcpupin0.vcpu=0,vcpupin0.cpuset=1 --osinfo generic
--name cpu --memory 512 --disk none --import --memorybacking hugepages=on --osinfo generic
--name cpu --memory 512 --disk none --import --numatune 0,mode=strict --osinfo generic
--name cpu --memory 512 --disk none --import --metadata title=Web,description="the web server" --osinfo generic
--name cpu --memory 512 --disk none --import --features kvm_hidden=on --clock offset=localtime --osinfo generic
--name cpu --memory 512 --disk none --import --events on_crash=restart --pm suspend_to_mem=on --osinfo generic
--name cpu --memory 512 --disk none --import --uuid 11111111-2222-3333-4444-555555555555 --osinfo generic
LINES
}

@test "disks that say what they are, and storage elsewhere" {
    install <<'LINES'
--name disk --memory 512 --import --osinfo generic --disk type=block,source.dev="$dir/data.img"
--name disk --memory 512 --import --osinfo generic --disk type=dir,path="$dir/data.img"
--name disk --memory 512 --import --osinfo generic --disk "$dir/data.img",format=qcow2
--name disk --memory 512 --import --osinfo generic --disk nbd+unix:///run/socket
--name disk --memory 512 --import --osinfo generic --disk 'path=https://[1:2:3:4:1:2:3:4]:5522/my/path?query=foo'
--name disk --memory 512 --import --osinfo generic --disk gluster+tcp://192.0.2.1/volume/image
--name disk --memory 512 --import --osinfo generic --disk rbd://ceph/pool/new,size=1
--name disk --memory 512 --import --osinfo generic --disk size=1,sparse=off
LINES
}

@test "options that meet each other" {
    install <<'LINES'
--name meet --memory 512 --disk none --import --osinfo generic --vcpus 8,sockets=2
--name meet --memory 512 --disk none --import --osinfo generic --cpu core2duo,-vme,disable=vmx,+x2apic,force=ssse3
--name meet --memory 512 --disk none --import --osinfo generic --soundhw ac97 --sound ich6 --soundhw es1370
--name meet --memory 512 --disk none --import --osinfo generic --sysinfo type=smbios,bios.vendor=A --sysinfo system.serial=B
--name meet --memory 512 --disk none --import --osinfo generic --panic none --smartcard none --seclabel none
--name meet --memory 512 --disk none --import --osinfo generic --controller model=qemu-xhci
--name meet --memory 512 --disk none --import --osinfo generic --serial tcp,host=:2222,mode=bind
--name meet --memory 512 --disk none --import --osinfo generic --metadata genid=e9392370-2917-565e-692b-d057f46512d6,genid_enable=yes
--name meet --memory 512 --disk none --import --osinfo generic --input mouse,bus=usb,xpath0.set=./@bus=,xpath1.create=./a/b,xpath2.set=./@type,xpath2.value=tablet
--name meet --memory 512 --import --osinfo generic --disk "$dir/disk.qcow2",boot_order=2 --disk "$dir/data.img",boot_order=2
--name meet --memory 512 --disk none --import --osinfo generic --network '' --console '' --graphics '' --boot ''
--name meet --memory 512 --disk none --import --osinfo generic --xml ./clock/@offset= --xml ./devices/video/model/@type=cirrus
LINES
}
