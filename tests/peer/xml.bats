#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-xml as system administrators write it, beside the machine's own

load common

setup () {
    need_peer virt-xml
}

lines () {
    same_lines virt-xml --connect test:///default
}

@test "devices by themselves" {
    lines <<'LINES'
--build-xml --disk /dev/null
--build-xml --network bridge=br0,model=virtio,mac=52:54:00:12:34:56
--build-xml --graphics vnc,port=5901,listen=0.0.0.0
--build-xml --serial pty
--build-xml --channel unix,target.type=virtio,target.name=org.qemu.guest_agent.0
--build-xml --controller scsi,model=virtio-scsi
--build-xml --filesystem /srv,share,accessmode=mapped
--build-xml --rng /dev/urandom
--build-xml --memballoon virtio
--build-xml --cpu host-passthrough,migratable=on
--build-xml --clock offset=localtime
LINES
}

@test "a domain is changed" {
    lines <<'LINES'
test --edit --vcpus 4 --print-xml
test --edit --cpu host-passthrough --print-xml
test --edit --memory 4096,maxmemory=16384 --print-xml
test --edit --metadata title="the test",description="changed" --print-xml
test --edit --boot menu=on --print-xml
test --edit --boot network,hd --print-xml
test --edit --events on_crash=preserve --print-xml
test --edit --features acpi=on --print-xml
test --edit --cputune shares=512 --print-xml
test --edit --memorybacking hugepages=on --print-xml
test --edit --resource partition=/machine/test --print-xml
test --edit --qemu-commandline="-set device.x.y=1" --print-xml
LINES
}

@test "devices are added" {
    lines <<'LINES'
test --add-device --network network=default,mac=52:54:00:12:34:56 --print-xml
test --add-device --disk /dev/null --print-xml
test --add-device --disk /dev/null,target.dev=vdb,target.bus=virtio --print-xml
test --add-device --graphics vnc --print-xml
test --add-device --serial pty --print-xml
test --add-device --channel unix,target.type=virtio,target.name=org.qemu.guest_agent.0 --print-xml
test --add-device --watchdog i6300esb,action=poweroff --print-xml
test --add-device --rng /dev/urandom --print-xml
test --add-device --input tablet,bus=usb --print-xml
test --add-device --sound ich9 --print-xml
LINES
}

@test "the last, the system by its name, none at all" {
    lines <<'LINES'
test --edit -1 --disk readonly=yes --print-xml
test --edit --cpu none --print-xml
test --edit --metadata os_name=fedora36 --print-xml
test --add-device --disk /dev/null,boot_order=1 --print-xml
LINES
}

@test "children of elements that hold text" {
    lines <<'LINES'
test --edit --xml xpath.create=./name/part --print-xml
test --edit --xml xpath.create=./os/type/part/of/it --print-xml
test --edit --xml ./devices/emulator/part/@of=it --print-xml
test --add-device --rng /dev/hwrng,backend.source.mode=bind --print-xml
LINES
}

@test "texts that ask for nothing, and which device is meant" {
    lines <<'LINES'
test --add-device --disk none --print-xml
test --edit --disk none --print-xml
test --edit --boot none --print-xml
test --edit '' --network model=e1000 --print-xml
test --edit all --cpu host-passthrough --print-xml
test --edit 1 --vcpus 3 --print-xml
test --edit all --tpm model=tpm-crb --print-xml
test --remove-device --disk '' --print-xml
LINES
    both_refuse virt-xml --connect test:///default <<'LINES'
test --edit '' --tpm model=tpm-crb --print-xml
test --edit --seclabel type=static --print-xml
test --edit --disk path=/nosuch/image --print-xml
test --edit --disk vol=default-pool/nosuch --print-xml
LINES
}

@test "models of processors that are words" {
    lines <<'LINES'
--build-xml --cpu host
--build-xml --cpu host-model,+vmx
test --edit --cpu host --print-xml
test --edit --cpu hv-default --print-xml
test --edit --cpu none,topology.sockets=2 --print-xml
LINES
}

@test "arguments of QEMU are split by its own rules" {
    lines <<'LINES'
--build-xml --qemu-commandline default
--build-xml --qemu-commandline "a,b 'c d'"
--build-xml --qemu-commandline A=B
--build-xml --qemu-commandline args=foo,env=A=B
--build-xml --qemu-commandline env=A=B,args=foo
LINES
}
