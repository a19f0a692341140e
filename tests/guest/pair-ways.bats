#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# the ways of a migration between two hosts, and a link that is cut

load common
load pair

setup_file () {
    make_shared
    configure libvirtd.conf 'listen_tls = 0' 'listen_tcp = 1' 'auth_tcp = "none"'
    certificates
    configure qemu.conf 'migrate_tls_x509_cert_dir = "/etc/libvirt/pki"' \
        'migrate_tls_x509_verify = 1'
}

teardown_file () {
    rm -rf $SHARED
}

teardown () {
    on one ip link set wire0 up
    take_away
}

# certificates: of a CA of its own, for both hosts
certificates () {
    local side pki
    (
        cd $SHARED
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 \
            -subj /CN=rig -addext basicConstraints=critical,CA:TRUE
        for side in one two; do
            openssl req -newkey rsa:2048 -nodes -keyout $side.key -out $side.csr \
                -subj /CN=$side
            printf 'subjectAltName=DNS:%s,IP:%s\n' $side "$(ip_of $side)" >$side.ext
            openssl x509 -req -in $side.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
                -out $side.pem -days 2 -extfile $side.ext
        done
    ) 2>/dev/null
    for side in one two; do
        pki=$(host_dir $side)/etc/pki
        mkdir -p "$pki"
        cp $SHARED/ca.pem "$pki/ca-cert.pem"
        cp $SHARED/$side.pem "$pki/server-cert.pem"
        cp $SHARED/$side.key "$pki/server-key.pem"
        cp $SHARED/$side.pem "$pki/client-cert.pem"
        cp $SHARED/$side.key "$pki/client-key.pem"
        chmod -R a+rX "$pki"
    done
}

ip_of () {
    address "$1" | cut -c7-
}

# ways OPTION…: it arrives
ways () {
    start_on one
    run --separate-stderr migrate one two "$@"
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    alive_only_on two
}

@test "--persistent --undefinesource: the definition moves along" {
    ways --persistent --undefinesource
    [ "$(state one)" = none ]
    on two virsh -q dominfo mover | grep -q '^Persistent: *yes'
}

@test "without them: the definition stays, the guest is transient there" {
    ways
    [ "$(state one)" = 'shut off' ]
    on two virsh -q dominfo mover | grep -q '^Persistent: *no'
}

@test "--p2p --tunnelled: inside the daemons' connection" {
    start_on one
    run --separate-stderr on one "$BIN/virsh" migrate mover qemu+tcp://two/system \
        --live --p2p --tunnelled
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    alive_only_on two
}

@test "--direct: QEMU cannot, the guest stays" {
    start_on one
    run --separate-stderr on one "$BIN/virsh" migrate mover tcp://10.77.0.2 --live --direct
    echo "$output $stderr"
    [ "$status" -eq 1 ]
    [ -n "$stderr" ]
    alive_only_on one
}

@test "--tls, where the other host's certificate is checked" {
    ways --tls --tls-destination two
    take_away
    start_on one
    run --separate-stderr migrate one two --tls --tls-destination other
    echo "$output $stderr"
    [ "$status" -eq 1 ]
    until_true 30 alive_only_on one
}

@test "--parallel over three connections, --auto-converge, --compressed" {
    ways --parallel --parallel-connections 3
    take_away
    ways --auto-converge --auto-converge-initial 30 --auto-converge-increment 20
    take_away
    ways --compressed --comp-methods xbzrle --comp-xbzrle-cache 8388608
}

@test "--suspend: it arrives paused" {
    start_on one
    migrate one two --suspend
    [ "$(state two)" = paused ]
    [ "$(state one)" = 'shut off' ]
}

@test "--abort-on-error with a copy of the disk" {
    disk_on one 8
    on two truncate -s 8M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    migrate one two --copy-storage-all --abort-on-error
    alive_only_on two
}

@test "--copy-storage-inc: only what the disk has above its backing image" {
    local side
    head -c 4M /dev/urandom >$SHARED/base.img
    chmod 666 $SHARED/base.img
    for side in one two; do
        on $side qemu-img create -q -f qcow2 -F raw -b $SHARED/base.img $IMAGES/mover.img
    done
    on one qemu-io -c 'write -P 7 1M 64k' $IMAGES/mover.img
    start_on one $IMAGES/mover.img qcow2
    migrate one two --copy-storage-inc --unsafe
    alive_only_on two
    on two virsh -q destroy mover
    on two qemu-io -c 'read -P 7 1M 64k' $IMAGES/mover.img | grep -q 'read 65536'
    # the backing image's own part was not copied
    [ "$(on two stat -c %b $IMAGES/mover.img)" -lt 4096 ]
}

@test "--timeout --timeout-suspend: paused for the rest of the way, then it runs again" {
    disk_on one 6
    on two truncate -s 6M $IMAGES/mover.img
    start_on one $IMAGES/mover.img
    run --separate-stderr migrate one two --copy-storage-all --bandwidth 1 --timeout 1 \
        --timeout-suspend
    echo "$output $stderr"
    [ "$status" -eq 0 ]
    [[ "$stderr" == *suspend* ]]
    alive_only_on two
}
