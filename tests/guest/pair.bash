# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# what the suites with two joined hosts share

# A directory that both see. The guests have no system: paused or not, their firmware keeps
# them busy enough.
SHARED=${RIG_ONE%/*}/shared

on () { # on one|two CMD… : in that host
    "$BATS_TEST_DIRNAME/../rig/host" in "$(host_dir "$1")" "${@:2}"
}

host_dir () {
    if [ "$1" = one ]; then echo "$RIG_ONE"; else echo "$RIG_TWO"; fi
}

# the daemon of a host, as the other one sees it
uri () {
    echo "qemu+unix:///system?socket=$(host_dir "$1")/run/libvirt/libvirt-sock"
}

address () {
    if [ "$1" = one ]; then echo tcp://10.77.0.1; else echo tcp://10.77.0.2; fi
}

state () {
    on "$1" virsh -q domstate mover 2>/dev/null || echo none
}

# alive_only_on one|two: running there, and not at the other host
alive_only_on () {
    local here there
    here=$(state "$1")
    there=$(state "$([ "$1" = one ] && echo two || echo one)")
    echo "on $1: $here, on the other: $there"
    [[ "$here" == running* ]] && [[ "$there" != running* && "$there" != paused* ]]
}

# daemon_on HOST [OPTION]…: its daemon again, which does not keep bats' pipes open
daemon_on () {
    on "$1" libvirtd -d "${@:2}" 3>&- 4>&-
}

# configure FILE LINE…: in that file of libvirt's in both hosts, whose daemons begin anew
configure () {
    local side file=$1 etc listen
    shift
    for side in one two; do
        etc=$(host_dir $side)/etc
        printf '%s\n' "$@" >>"$etc/$file"
        listen=$(grep -q '^listen_tcp' "$etc/libvirtd.conf" && echo --listen) || :
        on $side bash -c 'kill $(cat /run/libvirtd.pid)
            while pgrep -x libvirtd >/dev/null; do sleep 0.1; done'
        daemon_on $side ${listen:+"$listen"}
        until_true 30 on $side virsh -q list
    done
}

make_shared () {
    mkdir -p $SHARED
    chmod 1777 $SHARED
}

# take_away: the guest and its disk, wherever they are
take_away () {
    local side
    for side in one two; do
        on $side virsh -q destroy mover >/dev/null 2>&1 || :
        on $side virsh -q undefine mover >/dev/null 2>&1 || :
        on $side rm -f $IMAGES/mover.img
    done
}

# start_on HOST [DISK [FORMAT]]: the guest
start_on () {
    cat >$SHARED/mover.xml <<XML
<domain type='qemu'>
  <name>mover</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64'>hvm</type></os>
  <devices>
    ${2:+<disk type='file' device='disk'>
      <driver name='qemu' type='${3:-raw}'/>
      <source file='$2'/><target dev='vda' bus='virtio'/>
    </disk>}
    <serial type='pty'/>
  </devices>
</domain>
XML
    on "$1" virsh -q define $SHARED/mover.xml
    on "$1" virsh -q start mover
}

# disk_on HOST MIB: a disk of noise that the other host has nothing of
disk_on () {
    on "$1" bash -c "head -c ${2}M /dev/urandom >$IMAGES/mover.img"
}

migrate () { # migrate FROM TO OPTION…
    local from=$1 to=$2
    shift 2
    on "$from" "$BIN/virsh" migrate mover "$(uri "$to")" --live --migrateuri "$(address "$to")" "$@"
}

has_job () {
    [[ "$(on one virsh -q domjobinfo mover 2>/dev/null)" != *None* ]]
}

# begin FROM TO OPTION…: a migration in the background that takes a while
begin () {
    migrate "$@" --bandwidth 1 >$SHARED/out 2>$SHARED/err 3>&- &
    client=$!
    until_true 30 has_job
}

virsh_pid () {
    pgrep -f "^$BIN/virsh migrate mover"
}
