#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# a guest is installed from media in /root by the line of the deployment's documents

load common

setup_file () {
    # this mount is the private host's: the machine's /root stays as it is
    case $BATS_TEST_DIRNAME in
        /root/*) export MEDIA=/var/lib/libvirt/private; mkdir -m 700 "$MEDIA" ;;
        *) export MEDIA=/root; mount -t tmpfs -o mode=700 tmpfs /root ;;
    esac
    cp "$GUEST/install.iso" "$MEDIA/CentOS-8-x86_64-dvd1.iso"
}

install () {
    "$BIN/virt-install" --virt-type qemu --name centos8 --ram 512 --vcpus 2 \
        --disk path=$IMAGES/centos8/centos8.qcow2, --network network="$1" \
        --graphics none --os-type linux --os-variant rhel8.0 \
        --location "$MEDIA/CentOS-8-x86_64-dvd1.iso" \
        --extra-args console=ttyS0 --noautoconsole "${@:2}"
}

@test "image and network are made by a line each" {
    "$BIN/virtyard-image" create centos8/centos8.qcow2 40G
    qemu-img info $IMAGES/centos8/centos8.qcow2 | grep -q '40 GiB'
    "$BIN/virtyard-net" create lab --nat --domain lab.test --start --autostart
    virsh net-info lab | grep -qE 'Active: +yes'
}

@test "a dry run of the line changes nothing" {
    inventory >"$BATS_TEST_TMPDIR/before"
    install lab --dry-run
    inventory | diff "$BATS_TEST_TMPDIR/before" -
}

@test "the line installs a guest that boots from its disk and gets a lease" {
    inventory >"$BATS_FILE_TMPDIR/before"
    install lab --wait
    # the installer asks for no lease: who has one is the system on the disk
    until_true 150 eval 'virsh net-dhcp-leases lab | grep -q 192.168'
}

@test "nothing of the installation is left, neither files nor devices" {
    run virsh dumpxml --inactive centos8
    [[ "$output" != *"<kernel>"* ]]
    [[ "$output" != *dvd1.iso* ]]
    inventory | diff "$BATS_FILE_TMPDIR/before" - >"$BATS_TEST_TMPDIR/new" || :
    cat "$BATS_TEST_TMPDIR/new"
    run grep -cE '^> (pool|network|file /var/lib)' "$BATS_TEST_TMPDIR/new"
    [ "$output" -eq 0 ]
}

@test "wait NAME ip says the address that the lease has" {
    run --separate-stderr "$BIN/virtyard-wait" centos8 ip --timeout 2m
    [ "$status" -eq 0 ]
    [[ "$output" =~ 192\.168\.[0-9]+\.[0-9]+ ]]
    virsh net-dhcp-leases lab | grep -qF "${BASH_REMATCH[0]}"
}

@test "the guest goes down by its power button" {
    virsh shutdown centos8
    "$BIN/virtyard-wait" centos8 shutdown --timeout 1m
    [ "$(virsh domstate centos8)" = 'shut off' ]
}

@test "a seed of --cloud-init is read by the guest" {
    cp "$GUEST/disk.qcow2" $IMAGES/seeded.qcow2
    printf '#cloud-config\nfinal_message: read-by-the-guest\n' >"$BATS_TEST_TMPDIR/user-data"
    "$BIN/virt-install" --virt-type qemu --name seeded --memory 256 --import \
        --disk $IMAGES/seeded.qcow2 --os-variant rhel8.0 --network network=default \
        --graphics none --serial file,path=/var/log/libvirt/seeded.log \
        --cloud-init user-data="$BATS_TEST_TMPDIR/user-data" --noautoconsole
    virsh dumpxml seeded | grep -q cdrom
    until_true 150 grep -aq GUEST-UP /var/log/libvirt/seeded.log
    grep -aq 'GUEST-SEED file=user-data' /var/log/libvirt/seeded.log
    grep -aq 'final_message: read-by-the-guest' /var/log/libvirt/seeded.log
    virsh destroy seeded
}
