#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# guests on another host: the installer's files are sent into a pool there

load common

setup_file () {
    command -v virt-ssh-helper >/dev/null || skip "libvirt has no virt-ssh-helper"
    virsh pool-define-as default dir --target "$IMAGES"
    virsh pool-start default
    # stands in for ssh: the daemon that answers is this host's, but no file is shared
    printf '#!/bin/sh\nexec virt-ssh-helper qemu:///system\n' >"$BATS_FILE_TMPDIR/ssh"
    chmod +x "$BATS_FILE_TMPDIR/ssh"
    export REMOTE="qemu+ssh://elsewhere/system?command=$BATS_FILE_TMPDIR/ssh"
    # what the client reads is nowhere that the daemon could look into
    export CLOSED=$BATS_FILE_TMPDIR/closed
    mkdir -m 700 "$CLOSED"
    cp "$GUEST/install.iso" "$CLOSED/"
}

teardown () {
    virsh destroy "$(guest)" || :
    virsh undefine --remove-all-storage "$(guest)" || :
} >/dev/null 2>&1

guest () { echo "remote$BATS_TEST_NUMBER"; }

console () { echo "/var/log/libvirt/$(guest).log"; }

install () {
    "$BIN/virt-install" --connect "$REMOTE" --virt-type qemu --name "$(guest)" --memory 384 \
        --osinfo centos-stream8 --graphics none --network none \
        --serial file,path="$(console)" --xml ./devices/serial/source/@append=on \
        --noautoconsole "$@"
}

says () { until_true 150 grep -aq "$1" "$(console)"; }

leftovers () { inventory | grep -v "$(guest)"; find /tmp -maxdepth 1 -name "virtyard-*"; }

@test "--location with an image of this machine installs a guest there" {
    leftovers >"$BATS_TEST_TMPDIR/before"
    install --disk size=1 --location "$CLOSED/install.iso" --extra-args console=ttyS0 --wait 5
    says GUEST-UP
    grep -aq 'INSTALL-MEDIA device=/dev/sr0' "$(console)"
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
}

@test "--cdrom with an image of this machine installs a guest there" {
    leftovers >"$BATS_TEST_TMPDIR/before"
    install --disk size=1 --cdrom "$CLOSED/install.iso" --wait 5
    says GUEST-UP
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
}

@test "a seed for cloud-init is read there" {
    cp "$GUEST/disk.qcow2" "$IMAGES/$(guest).qcow2"
    virsh pool-refresh default
    printf '#cloud-config\nfinal_message: sent-there\n' >"$CLOSED/user-data"
    leftovers >"$BATS_TEST_TMPDIR/before"
    install --import --disk "$IMAGES/$(guest).qcow2" --cloud-init user-data="$CLOSED/user-data"
    says GUEST-UP
    grep -aq 'final_message: sent-there' "$(console)"
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
}

@test "what fails there is undone there" {
    leftovers >"$BATS_TEST_TMPDIR/before"
    run install --disk size=1 --location "$CLOSED/install.iso" \
        --qemu-commandline=-no-such-option
    [ "$status" -ne 0 ]
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
    run virsh dominfo "$(guest)"
    [ "$status" -ne 0 ]
}

@test "a directory of this machine is refused, and says what works" {
    run install --disk size=1 --location "$GUEST/tree"
    [ "$status" -ne 0 ]
    [[ "$output" == *ISO* ]]
}

@test "without a pool there nothing is begun" {
    virsh pool-destroy default
    run install --disk none --location "$CLOSED/install.iso"
    virsh pool-start default
    [ "$status" -ne 0 ]
    [[ "$output" == *pool* ]]
}
