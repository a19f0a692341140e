#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-install on a daemon beside the machine's own: the examples of its manual, and lines
# as system administrators write them

load common

setup_file () {
    need_peer virt-install
    host_of_images
    local name
    for name in disk.qcow2 web.qcow2 my-debian9.img; do
        cp "$GUEST/disk.qcow2" "$IMAGES/$name"
    done
    qemu-img create -q -f qcow2 "$IMAGES/data.qcow2" 64M
    qemu-img create -q -f raw "$IMAGES/data.img" 64M
    for name in win10.iso myarmdisk.img arm-kernel arm-initrd arm-dtb; do
        : >"$IMAGES/$name"
    done
    cp "$GUEST/install.iso" "$IMAGES/system.iso"
    virsh -q pool-refresh default
    web_server "$GUEST/tree"
    private_systems
}

teardown_file () {
    web_server_ends
}

install () {
    same_lines virt-install --connect qemu:///system --noautoconsole --print-xml --dry-run
}

@test "the examples of the manual" {
    same_lines virt-install --connect qemu:///system --print-xml --dry-run <<'LINES'
--install fedora29
--name my-win10-vm --memory 4096 --disk size=40 --osinfo win10 --cdrom "$IMAGES/win10.iso"
--memory 8192 --vcpus 8 --graphics vnc --osinfo centos7.0 --location http://127.0.0.1:8080/
--import --memory 512 --disk "$IMAGES/my-debian9.img" --osinfo debian9
--name armtest --memory 1024 --arch armv7l --machine vexpress-a9 --osinfo generic --disk "$IMAGES/myarmdisk.img" --boot kernel="$IMAGES/arm-kernel",initrd="$IMAGES/arm-initrd",dtb="$IMAGES/arm-dtb",kernel_args="console=ttyAMA0 rw root=/dev/mmcblk0p3" --graphics none
--osinfo generic --name foo --memory 4096 --boot uefi --machine q35 --memtune hard_limit=4563402 --disk size=15,target.bus=scsi --import --controller type=scsi,model=virtio-scsi,driver.iommu=on --controller type=virtio-serial,driver.iommu=on --network network=default,model=virtio,driver.iommu=on --rng /dev/random,driver.iommu=on --memballoon driver.iommu=on --launchSecurity sev
LINES
}

@test "lines for what this host lacks are refused by both" {
    both_refuse virt-install --connect qemu:///system --print-xml <<'LINES'
--osinfo generic --name dev --memory 512 --disk none --import --hostdev 0000:01:00.0
--osinfo generic --name foo --memory 512 --disk none --import --arch s390x
LINES
}

@test "guests that are imported" {
    install <<'LINES'
--name web --memory 1024 --disk "$IMAGES/web.qcow2" --import --osinfo debian11
--name web --memory 2048 --vcpus 2 --disk "$IMAGES/web.qcow2" --import --osinfo fedora36
--name web --memory 2048 --vcpus 2 --disk "$IMAGES/web.qcow2" --import --osinfo rhel9.0
--name web -r 1024 --disk path="$IMAGES/web.qcow2",bus=virtio --import --os-variant ubuntu22.04
--name web --memory 1024 --disk vol=default/web.qcow2 --import --osinfo opensuse15.4
--name web --memory 1024 --disk "$IMAGES/web.qcow2",format=qcow2,cache=none,io=native --import --osinfo alpinelinux3.15
--name db --ram 4096 --vcpus 4,maxvcpus=8 --disk "$IMAGES/web.qcow2",cache=none --disk "$IMAGES/data.img",bus=scsi --import --osinfo rhel8.5
--name db --memory 1024,maxmemory=2048 --disk "$IMAGES/data.img" --import --osinfo centos-stream8
--name win --memory 4096 --vcpus 4 --disk "$IMAGES/web.qcow2" --import --osinfo win10
--name win --memory 4096 --vcpus 4,sockets=1,cores=2,threads=2 --disk "$IMAGES/web.qcow2",bus=sata --import --osinfo win2k19
--name win --memory 4096 --vcpus 2 --disk "$IMAGES/web.qcow2" --import --osinfo win11 --boot uefi
--name bsd --memory 1024 --disk "$IMAGES/web.qcow2" --import --osinfo freebsd13.0
--name tiny --memory 128 --disk none --import --osinfo generic
--name old --memory 256 --disk "$IMAGES/web.qcow2" --import --osinfo winxp
--name old --memory 256 --disk "$IMAGES/web.qcow2" --import --osinfo rhel5.4
--name efi --memory 1024 --disk "$IMAGES/web.qcow2" --import --osinfo debian11 --boot uefi
--name pc --memory 512 --machine pc --disk "$IMAGES/web.qcow2" --import --osinfo debian11
--name arm --memory 1024 --arch aarch64 --disk "$IMAGES/web.qcow2" --import --osinfo debian11 --graphics none
LINES
}

@test "new disks" {
    install <<'LINES'
--name new --memory 1024 --disk size=20 --pxe --osinfo debian11
--name new --memory 1024 --disk size=20,format=raw,sparse=no --pxe --osinfo debian11
--name new --memory 1024 --disk path="$IMAGES/none-yet.qcow2",size=10,bus=virtio,format=qcow2 --pxe --osinfo fedora36
--name new --memory 1024 --disk pool=default,size=5 --disk pool=default,size=6 --pxe --osinfo rhel9.0
--name new --memory 1024 --disk size=8,backing_store="$IMAGES/web.qcow2",backing_format=qcow2 --import --osinfo debian11
--name new --memory 1024 --disk size=8,discard=unmap,detect_zeroes=unmap --pxe --osinfo debian11
--name new --memory 1024 --file "$IMAGES/none-yet.img" --file-size 4 --pxe --osinfo generic
LINES
}

@test "installers" {
    install <<'LINES'
--name pxe --memory 1024 --disk none --pxe --network network=default --osinfo generic
--name cd --memory 1024 --disk size=4 --cdrom "$IMAGES/system.iso" --osinfo debian11
--name cd --memory 1024 --disk size=4 --cdrom "$IMAGES/system.iso"
--name cd --memory 1024 --disk size=4 --cdrom "$IMAGES/system.iso" --osinfo detect=on,require=on
--name loc --memory 1024 --disk size=4 --location "$IMAGES/system.iso" --extra-args "console=ttyS0 quiet"
--name loc --memory 1024 --disk size=4 --location http://127.0.0.1:8080/ --osinfo centos-stream8
--name loc --memory 1024 --disk size=4 --location "$IMAGES/system.iso",kernel=images/pxeboot/vmlinuz,initrd=images/pxeboot/initrd.img --osinfo generic
--name live --memory 1024 --disk none --cdrom "$IMAGES/system.iso" --livecd --osinfo fedora36
--name cd --memory 1024 --disk "$IMAGES/web.qcow2" --disk "$IMAGES/system.iso",device=cdrom --boot cdrom,hd --osinfo generic
--name boot --memory 512 --disk none --boot kernel=/boot/vmlinuz,initrd=/boot/initrd,kernel_args="console=ttyS0 quiet" --osinfo generic
--name boot --memory 512 --disk "$IMAGES/web.qcow2" --boot network,hd,menu=on --osinfo generic
--name boot --memory 512 --disk "$IMAGES/web.qcow2" --boot hd,bootmenu.timeout=3000,useserial=on --osinfo generic
--name cloud --memory 1024 --disk "$IMAGES/web.qcow2" --import --cloud-init disable=on --osinfo debian11
LINES
}

@test "networks" {
    install <<'LINES'
--name net --memory 512 --disk none --import --network none --osinfo generic
--name net --memory 512 --disk none --import --network network=default --osinfo generic
--name net --memory 512 --disk none --import --network default,model=virtio --osinfo generic
--name net --memory 512 --disk none --import --network bridge=br0,model=e1000,mac=52:54:00:12:34:56 --osinfo debian11
-n net --memory 512 --disk none --import -w bridge=br0 -w user --osinfo generic
--name net --memory 512 --disk none --import --network type=direct,source=eth0,source_mode=bridge --osinfo debian11
--name net --memory 512 --disk none --import --network default,link.state=down,mtu.size=1400 --osinfo generic
--name net --memory 512 --disk none --import --network default,filterref=clean-traffic --osinfo generic
--name net --memory 512 --disk none --import --network default,portgroup=lab,rom.bar=off --osinfo debian11
--name net --memory 512 --disk none --import --network bridge=br0,virtualport_type=openvswitch --osinfo debian11
LINES
}

@test "displays, consoles and other devices" {
    install <<'LINES'
--name dev --memory 512 --disk none --import --graphics none --osinfo generic
--name dev --memory 512 --disk none --import --nographics --osinfo debian11
--name dev --memory 512 --disk none --import --graphics vnc,listen=0.0.0.0,port=5910,password=secret --osinfo generic
--name dev --memory 512 --disk none --import --vnc --vncport 5911 --osinfo debian11
--name dev --memory 512 --disk none --import --graphics spice,listen=127.0.0.1 --osinfo generic
--name dev --memory 512 --disk none --import --graphics spice --video qxl --channel spicevmc --osinfo debian11
--name dev --memory 512 --disk none --import --video virtio --graphics vnc --osinfo generic
--name dev --memory 512 --disk none --import --serial pty --console pty,target_type=serial --osinfo generic
--name dev --memory 512 --disk none --import --serial file,path=/var/log/dev.log --osinfo generic
--name dev --memory 512 --disk none --import --serial tcp,host=127.0.0.1:4555,mode=bind,protocol=telnet --osinfo generic
--name dev --memory 512 --disk none --import --channel unix,target_type=virtio,name=org.qemu.guest_agent.0 --osinfo generic
--name dev --memory 512 --disk none --import --sound ich9 --osinfo generic
--name dev --memory 512 --disk none --import --watchdog i6300esb,action=reset --osinfo generic
--name dev --memory 512 --disk none --import --rng /dev/urandom --osinfo debian11
--name dev --memory 512 --disk none --import --rng none --memballoon none --osinfo debian11
--name dev --memory 512 --disk none --import --tpm emulator,model=tpm-crb,version=2.0 --osinfo generic
--name dev --memory 512 --disk none --import --filesystem /srv,share,accessmode=mapped --osinfo generic
--name dev --memory 512 --disk none --import --filesystem /srv,share,driver.type=virtiofs --memorybacking source.type=memfd,access.mode=shared --osinfo debian11
--name dev --memory 512 --disk none --import --input tablet,bus=usb --osinfo generic
--name dev --memory 512 --disk none --import --controller usb,model=none --osinfo debian11
--name dev --memory 512 --disk none --import --vsock cid.auto=yes --panic isa --osinfo debian11
--name dev --memory 512 --disk none --import --redirdev usb,type=spicevmc --smartcard passthrough,type=spicevmc --osinfo generic
LINES
}

@test "processors, memory and metadata" {
    install <<'LINES'
--name cpu --memory 512 --disk none --import --virt-type qemu --osinfo generic
--name cpu --memory 512 --disk none --import --cpu host-model --osinfo generic
--name cpu --memory 512 --disk none --import --cpu Nehalem,+x2apic,-vme --osinfo generic
--name cpu --memory 512 --disk none --import --vcpus 4,cpuset=0-1 --osinfo generic
--name cpu --memory 512 --disk none --import --cputune vcpupin0.vcpu=0,vcpupin0.cpuset=1 --osinfo generic
--name cpu --memory 512 --disk none --import --memorybacking hugepages=on --osinfo generic
--name cpu --memory 512 --disk none --import --numatune 0,mode=strict --osinfo generic
--name cpu --memory 512 --disk none --import --metadata title=Web,description="the web server" --osinfo generic
--name cpu --memory 512 --disk none --import --features kvm_hidden=on --clock offset=localtime --osinfo generic
--name cpu --memory 512 --disk none --import --events on_crash=restart --pm suspend_to_mem.enabled=on --osinfo generic
--name cpu --memory 512 --disk none --import --uuid 11111111-2222-3333-4444-555555555555 --osinfo generic
--name cpu --memory 512 --disk none --import --iothreads 2 --resource partition=/machine/web --osinfo debian11
--name cpu --memory 512 --disk none --import --sysinfo system.serial=12345,system.product=Box --osinfo debian11
--name cpu --memory 512 --disk none --import --qemu-commandline="-set device.x.y=1" --xml ./title=Named --osinfo debian11
LINES
}

@test "the bridge that the machine's default route goes through" {
    ip link add uplink0 type veth peer name outside0
    ip link add br0 type bridge
    ip link set uplink0 master br0 up
    ip link set br0 up
    ip addr add 198.51.100.2/24 dev br0
    ip route add default via 198.51.100.1
    install <<'LINES'
--name net --memory 512 --disk none --import --osinfo generic
--name net --memory 512 --disk none --import --osinfo generic --network default
--name net --memory 512 --disk none --import --osinfo generic --network type=bridge,model.type=e1000
--name net --memory 512 --disk none --import --osinfo generic --network target.dev=vnet9
--name net --memory 512 --disk none --import --osinfo generic --network network=default
--name net --memory 512 --disk none --import --osinfo generic --bridge br5
LINES
    run env VIRTYARD_PREDICTABLE=1 "$BIN/virt-install" --connect qemu:///system --name net \
        --memory 512 --disk none --import --osinfo generic --print-xml
    [ "$status" -eq 0 ]
    [[ "$output" == *'<source network="default"/>'* ]]
    virsh -q net-destroy default
    virsh -q net-undefine default
    ip link del br0
    install <<<'--name net --memory 512 --disk none --import --osinfo generic'
    ip link del uplink0
}
