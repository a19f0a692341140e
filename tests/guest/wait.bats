#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virtyard wait and virtyard ip on a guest with an agent, an SSH greeting and a seed

load common

setup_file () {
    cp "$GUEST/disk.qcow2" $IMAGES/waited.qcow2
    printf '#cloud-config\n' >"$BATS_FILE_TMPDIR/user-data"
    "$BIN/virt-install" --virt-type qemu --name waited --memory 256 --import \
        --disk $IMAGES/waited.qcow2 --os-variant rhel8.0 --network network=default \
        --graphics none --channel unix,target.type=virtio,target.name=org.qemu.guest_agent.0 \
        --cloud-init user-data="$BATS_FILE_TMPDIR/user-data" --noautoconsole
}

teardown_file () {
    virsh destroy waited
    virsh undefine waited
}

@test "wait agent: the agent of the guest answers" {
    run -0 --separate-stderr "$BIN/virtyard-wait" waited agent --timeout 2m
    [ "$output" = "Domain 'waited': agent (agent)" ]
}

@test "wait cloud-init: its result is there, and without errors" {
    run -0 --separate-stderr "$BIN/virtyard-wait" waited cloud-init --timeout 2m
    [ "$output" = "Domain 'waited': cloud-init done (cloud-init)" ]
}

@test "wait ssh: a server greets" {
    run -0 --separate-stderr "$BIN/virtyard-wait" waited ssh --timeout 1m
    [[ "$output" == "Domain 'waited': ssh 192.168.122."*" (ssh)" ]]
}

@test "ip: lease, agent and neighbours agree" {
    run -0 --separate-stderr "$BIN/virtyard-ip" waited --format json
    [[ "$output" == *'"address": "192.168.122.'* ]]
    [[ "$output" == *'"source": "lease+agent'* ]]
}

@test "wait: a guest that does not do it in time is status 7" {
    run -7 --separate-stderr "$BIN/virtyard-wait" waited shutdown --timeout 1s
    [ -z "$output" ]
    [[ "$stderr" == *waited* ]]
}

@test "wait agent: a domain without its channel is an error at once" {
    "$BIN/virt-install" --virt-type qemu --name mute --memory 64 --disk none \
        --boot hd --osinfo generic --network none --graphics none --channel none \
        --import --noautoconsole
    run --separate-stderr "$BIN/virtyard-wait" mute agent --timeout 1m
    virsh destroy mute
    virsh undefine mute
    [ "$status" -ne 0 ] && [ "$status" -ne 7 ]
    [[ "$stderr" == *org.qemu.guest_agent.0* ]]
}
