#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# other people's scripts around virsh, with ours first in PATH

load common

setup_file () {
    export PATH=$BIN:$PATH
    cp "$GUEST/disk.qcow2" $IMAGES/scripted.qcow2
    "$BIN/virt-install" --virt-type qemu --name scripted --memory 256 --import \
        --disk $IMAGES/scripted.qcow2 --os-variant rhel8.0 --network network=default \
        --graphics none --print-xml >"$BATS_FILE_TMPDIR/scripted.xml"
}

setup () {
    [ "$(command -v virsh)" = "$BIN/virsh" ]
}

# agent ACTION: the agent of clusters, as Pacemaker calls it
agent () {
    local agent=/usr/lib/ocf/resource.d/heartbeat/VirtualDomain
    mkdir -p /run/resource-agents
    OCF_ROOT=/usr/lib/ocf OCF_RESOURCE_INSTANCE=scripted HA_LOGFACILITY=none \
        OCF_RESKEY_CRM_meta_timeout=90000 OCF_RESKEY_hypervisor=qemu:///system \
        OCF_RESKEY_config="$BATS_FILE_TMPDIR/scripted.xml" $agent "$1"
}

@test "VirtualDomain: validate, start, monitor, stop" {
    run -0 agent validate-all
    run -7 agent monitor
    run -0 agent start
    run -0 agent monitor
    [ "$(virsh domstate scripted)" = running ]
    # the guest listens to its power button once it is up
    "$BIN/virtyard-wait" scripted ip --timeout 2m
    run -0 agent stop
    run -7 agent monitor
    run ! virsh domstate scripted
}

settings_of () { # Debian and Fedora keep the script's settings in different folders
    for settings in /etc/default/libvirt-guests /etc/sysconfig/libvirt-guests; do
        [ ! -e $settings ] || echo $settings
    done
}

@test "libvirt-guests: guests are suspended to disk, and come back" {
    local script=/usr/lib/libvirt/libvirt-guests.sh
    [ -x $script ] || script=/usr/libexec/libvirt-guests.sh
    [ -x $script ] || skip "libvirt-guests.sh is not installed"
    mkdir -p /run/lock/subsys
    printf 'ON_SHUTDOWN=suspend\nON_BOOT=start\n' >"$BATS_TEST_TMPDIR/settings"
    mount --bind "$BATS_TEST_TMPDIR/settings" "$(settings_of $script)"
    virsh define "$BATS_FILE_TMPDIR/scripted.xml"
    virsh start scripted
    "$BIN/virtyard-wait" scripted ip --timeout 2m
    run -0 $script stop
    echo "$output"
    [ "$(virsh domstate scripted)" = 'shut off' ]
    virsh list --all --with-managed-save --name | grep -qx scripted
    run -0 $script start
    echo "$output"
    [ "$(virsh domstate scripted)" = running ]
    [ -z "$(virsh list --all --with-managed-save --name | grep -x scripted)" ]
    virsh destroy scripted
    virsh undefine scripted
}
