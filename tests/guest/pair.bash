# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# what the suites with two joined hosts share

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
