#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# the agent of clusters moves a guest between two hosts, with our virsh first in PATH

load common
load pair

AGENT=/usr/lib/ocf/resource.d/heartbeat/VirtualDomain
CONFIG=${RIG_ONE%/*}/agent.xml

setup_file () {
    # the daemons reach each other by name, as the nodes of a cluster do
    configure libvirtd.conf 'listen_tls = 0' 'listen_tcp = 1' 'auth_tcp = "none"'
    cat >$CONFIG <<'XML'
<domain type='qemu'>
  <name>mover</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64'>hvm</type></os>
  <devices><serial type='pty'/></devices>
</domain>
XML
}

teardown_file () {
    rm -f $CONFIG
}

teardown () {
    take_away
}

# agent HOST ACTION [PARAMETER=VALUE…]: as Pacemaker calls it
agent () {
    local host=$1 action=$2
    shift 2
    [ "$(on "$host" env "PATH=$BIN:$PATH" bash -c 'command -v virsh')" = "$BIN/virsh" ]
    on "$host" mkdir -p /run/resource-agents
    on "$host" env "PATH=$BIN:$PATH" OCF_ROOT=/usr/lib/ocf OCF_RESOURCE_INSTANCE=mover \
        HA_LOGFACILITY=none OCF_RESKEY_CRM_meta_timeout=90000 \
        OCF_RESKEY_hypervisor=qemu:///system OCF_RESKEY_config=$CONFIG \
        OCF_RESKEY_CRM_meta_migrate_source=one OCF_RESKEY_CRM_meta_migrate_target=two \
        "${@/#/OCF_RESKEY_}" $AGENT "$action"
}

moves () { # moves [PARAMETER=VALUE…]: the whole way of a resource that changes its node
    run -0 agent one start
    run -7 agent two monitor
    run -0 agent one migrate_to "$@"
    echo "$output"
    run -0 agent two migrate_from
    run -0 agent two monitor
    alive_only_on two
    run -7 agent one monitor
    # what Pacemaker does after it at the node that was left
    run -0 agent one stop
    alive_only_on two
    run -0 agent two stop force_stop=true
    run -7 agent two monitor
}

@test "VirtualDomain: over TCP, the node's name made into the URI" {
    moves migration_transport=tcp
}

@test "VirtualDomain: a URI, options, speed and downtime of one's own" {
    moves "remoteuri=qemu+unix:///system?socket=${RIG_ONE%/*}/%n/run/libvirt/libvirt-sock" \
        migrateuri=tcp://%n "migrate_options=--p2p --unsafe" migration_speed=512 \
        migration_downtime=200
}

@test "VirtualDomain: the other node cannot be reached, the guest stays" {
    run -0 agent one start
    run -1 agent one migrate_to migration_transport=tcp CRM_meta_migrate_target=two:1
    echo "$output"
    [[ "$output" == *"live migration to two:1 failed"* ]]
    run -0 agent one monitor
    alive_only_on one
    run -0 agent one migrate_to migration_transport=tcp
    alive_only_on two
}
