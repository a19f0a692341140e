#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# guests by the other ways to a system: CD-ROM, import, network boot; transient and autostart

load common

teardown () {
    virsh destroy "$(guest)" || :
    virsh undefine --remove-all-storage "$(guest)" || :
} >/dev/null 2>&1

guest () { echo "method$BATS_TEST_NUMBER"; }

console () { echo "/var/log/libvirt/$(guest).log"; }

install () {
    "$BIN/virt-install" --virt-type qemu --name "$(guest)" --memory 384 \
        --osinfo centos-stream8 --graphics none --serial file,path="$(console)" \
        --xml ./devices/serial/source/@append=on --noautoconsole "$@"
}

says () { until_true 150 grep -aq "$1" "$(console)"; }

@test "--cdrom boots the installer from an image that QEMU cannot reach, then the disk" {
    mkdir -m 700 /var/lib/libvirt/closed
    cp "$GUEST/install.iso" /var/lib/libvirt/closed/
    install --disk size=1 --network network=default --wait 5 \
        --cdrom /var/lib/libvirt/closed/install.iso
    says GUEST-UP
    grep -aq 'INSTALL-MEDIA device=/dev/sr0' "$(console)"
    grep -aq INSTALL-END "$(console)"
    run virsh dumpxml "$(guest)"
    [[ "$output" != *install.iso* ]]
}

@test "--import starts the system that the disk has, --autostart with the host" {
    cp "$GUEST/disk.qcow2" "$IMAGES/$(guest).qcow2"
    install --import --disk "$IMAGES/$(guest).qcow2" --network network=default --autostart
    says GUEST-UP
    virsh dominfo "$(guest)" | grep -qE '^Autostart: +enable'
    virsh dominfo "$(guest)" | grep -qE '^Persistent: +yes'
}

@test "--transient leaves nothing when the guest is off" {
    cp "$GUEST/disk.qcow2" "$IMAGES/$(guest).qcow2"
    install --import --transient --disk "$IMAGES/$(guest).qcow2" --network none
    virsh dominfo "$(guest)" | grep -qE '^Persistent: +no'
    virsh destroy "$(guest)"
    run virsh dominfo "$(guest)"
    [ "$status" -ne 0 ]
    rm "$IMAGES/$(guest).qcow2"
}

@test "--pxe installs what the network's boot server has" {
    local root=/var/lib/libvirt/tftp
    cp -r "$GUEST/tree/images/pxeboot" $root
    chmod -R a+rX $root
    cat >$root/boot.ipxe <<'IPXE'
#!ipxe
kernel vmlinuz console=ttyS0 quiet pxe=yes initrd=initrd.img
initrd initrd.img
boot
IPXE
    "$BIN/virtyard-net" create pxe --isolated --print-xml |
        sed "s|<dhcp>|<tftp root='$root'/>&|; s|</dhcp>|<bootp file='boot.ipxe'/>&|" \
            >"$BATS_TEST_TMPDIR/pxe.xml"
    virsh net-create "$BATS_TEST_TMPDIR/pxe.xml"
    install --pxe --disk size=1 --network network=pxe --wait 8
    says GUEST-UP
    grep -a INSTALL-BEGIN "$(console)" | grep -q pxe=yes
    virsh domblklist "$(guest)" | grep -q vda
    run virsh dumpxml --inactive "$(guest)"
    [[ "$output" != *"<boot dev='network'"* ]]
    virsh net-destroy pxe
}

@test "--reinstall gives a domain another system and leaves it as it is" {
    qemu-img create -q -f qcow2 "$IMAGES/$(guest).qcow2" 1G
    install --import --disk "$IMAGES/$(guest).qcow2" --network network=default --noreboot
    [ "$(virsh domstate "$(guest)")" = 'shut off' ]
    virsh start "$(guest)"
    run "$BIN/virt-install" --reinstall "$(guest)" --location "$GUEST/tree" --noautoconsole
    [ "$status" -ne 0 ] # it runs
    virsh destroy "$(guest)"
    virsh dumpxml --inactive "$(guest)" >"$BATS_TEST_TMPDIR/before"
    inventory >"$BATS_TEST_TMPDIR/there"
    "$BIN/virt-install" --reinstall "$(guest)" --location "$GUEST/tree" \
        --extra-args console=ttyS0 --noautoconsole --wait 5
    says GUEST-UP
    grep -aq INSTALL-END "$(console)"
    virsh dumpxml --inactive "$(guest)" | diff "$BATS_TEST_TMPDIR/before" -
    inventory | diff "$BATS_TEST_TMPDIR/there" -
}
