#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virsh's networks, interfaces, devices, secrets, filters and host, on the test driver

setup() {
    bats_require_minimum_version 1.5.0
    export LIBVIRT_DEFAULT_URI=test:///default
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR"
}

v() {
    "$BIN/virsh" -q "$@"
}

# with the lines that -q leaves out
say() {
    "$BIN/virsh" "$@"
}

# host XML…: a host of the test driver that has these
host() {
    printf '<node>%s</node>' "$*" >host.xml
    LIBVIRT_DEFAULT_URI=test://$PWD/host.xml
}

# ---- what all kinds share

@test "one line after each call names what was typed" {
    uuid=$(v net-uuid default)
    run say "net-destroy $uuid; net-start default; net-autostart $uuid; net-autostart default --disable"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "Network $uuid destroyed" ]
    [ "${lines[1]}" = "Network default started" ]
    [ "${lines[2]}" = "Network $uuid marked as autostarted" ]
    [ "${lines[3]}" = "Network default unmarked as autostarted" ]
}

@test "an object that is not there: libvirt's word, status 1, nothing on stdout" {
    for command in net-info pool-info iface-mac nodedev-info; do
        run --separate-stderr v "$command" nosuch
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        [[ "$stderr" == *"nosuch"*"not found"* ]]
    done
}

@test "net-name takes UUIDs, net-uuid names" {
    uuid=$(v net-uuid default)
    [ "$(v net-name "$uuid")" = default ]
    run --separate-stderr v net-name default
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    run --separate-stderr v net-uuid "$uuid"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
}

@test "a file that is missing, and one without sense" {
    for command in net-define pool-create iface-define nodedev-create secret-define; do
        run --separate-stderr v "$command" gone.xml
        [ "$status" -eq 1 ]
        [[ "$stderr" == *"'gone.xml': No such file or directory"* ]]
    done
    echo '<network/>' >n.xml
    run --separate-stderr v net-define n.xml
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"Failed to define network from n.xml"*"missing name"* ]]
}

@test "edit: what the editor leaves alone is not defined again" {
    EDITOR=true run say net-edit default
    [ "${lines[0]}" = "Network default XML configuration not changed." ]
}

@test "edit: a change is defined, a mistake is a failure and changes nothing" {
    EDITOR="sed -i s/122.254/122.99/" run say "net-destroy default; net-edit default; net-dumpxml default --xpath //range"
    [[ "$output" == *'end="192.168.122.99"'* ]]
    EDITOR="sed -i s/<name>default/<name>/" run --separate-stderr v net-edit default
    [ "$status" -eq 1 ]
    [ -z "$output" ]
}

@test "xpath: parts, parts in one element, nothing" {
    [ "$(v net-dumpxml default --xpath '//bridge/@name')" = ' name="virbr0"' ]
    run v net-dumpxml default --xpath //range --wrap
    [ "${lines[0]}" = "<nodes>" ]
    run v net-dumpxml default --xpath //nothing
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run v net-dumpxml default --xpath //nothing --wrap
    [ "$output" = "<nodes/>" ]
    run --separate-stderr v net-dumpxml default --xpath 'count(//ip)'
    [ "$status" -eq 1 ]
}

@test "lists are sorted by name, whatever runs" {
    host '<network><name>b</name><bridge name="b1"/></network>' \
        '<network><name>a</name><bridge name="b2"/></network>' \
        '<network><name>C</name><bridge name="b3"/></network>'
    run v "net-destroy a; net-list --all --name"
    [ "${lines[*]}" = "a b C" ]
}

# ---- networks

@test "net-update: add, modify, delete, and which of several" {
    run say "net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:81' ip='192.168.122.81'/>\";
           net-update default modify ip-dhcp-host \"<host mac='52:54:00:00:00:81' ip='192.168.122.82'/>\" --live;
           net-dumpxml default --xpath //dhcp/host;
           net-update default delete ip-dhcp-host \"<host mac='52:54:00:00:00:81'/>\" --parent-index 0;
           net-dumpxml default --xpath //dhcp/host"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "Updated network default live state" ]
    [ "${lines[1]}" = "Updated network default live state" ]
    [ "${lines[2]}" = '<host mac="52:54:00:00:00:81" ip="192.168.122.82"/>' ]
    [ "${lines[3]}" = "Updated network default live state" ]
    [ "${#lines[@]}" -eq 4 ]
}

@test "net-update: words it does not know are named" {
    run --separate-stderr v net-update default put ip '<ip/>'
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"unrecognized command name 'put'"* ]]
    run --separate-stderr v net-update default add none '<ip/>'
    [[ "$stderr" == *"unrecognized section name 'none'"* ]]
    run --separate-stderr v net-update default add ip '<ip/>' --current --live
    [[ "$stderr" == *"--current and --live"* ]]
}

@test "net-port-dumpxml: a port that is not there is said and no failure, as scripts know it" {
    run --separate-stderr v net-port-dumpxml default nosuch
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [[ "$stderr" == *"network port 'nosuch'"* ]]
}

# ---- interfaces

@test "interfaces: a MAC address is looked for as one only" {
    [ "$(v iface-name aa:bb:cc:dd:ee:ff)" = eth1 ]
    [ "$(v iface-mac eth1)" = aa:bb:cc:dd:ee:ff ]
    run --separate-stderr v iface-destroy aa:bb:cc:dd:ee:00
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"matching mac"* ]]
}

@test "iface-begin keeps a way back" {
    run say "iface-begin; iface-destroy eth1; iface-undefine eth1; iface-rollback; iface-list --all"
    [ "$status" -eq 0 ]
    [[ "$output" == *"rolled back"*eth1* ]]
}

@test "iface-bridge: a bridge of that name must not be there" {
    run --separate-stderr v iface-bridge eth1 eth1
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"eth1 already exists"* ]]
}

# ---- devices

@test "devices: info, and what the old spelling does" {
    run v nodedev-info computer
    [ "${lines[0]}" = "Name:           computer" ]
    [ "${lines[1]}" = "Parent:         " ]
    [ "${lines[4]}" = "Autostart:      no autostart" ]
    run --separate-stderr v nodedev-dettach computer
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"Failed to detach device computer"* ]]
    run say nodedev-destroy --name computer
    [ "${lines[0]}" = "Destroyed node device 'computer'" ]
}

@test "nodedev-list: options that do not go together, capabilities that are none" {
    run --separate-stderr v nodedev-list --tree --cap pci
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"--tree and --cap"* ]]
    run --separate-stderr v nodedev-list --cap pci,teapot
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'teapot'"* ]]
}

# ---- secrets and filters, which the test driver does not have

@test "secret-set-value: where the value comes from is one place" {
    run --separate-stderr v secret-set-value x --file f --base64 v
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"--file and --base64"* ]]
    run --separate-stderr v secret-set-value x --interactive --plain
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"--interactive and --plain"* ]]
}

@test "what a driver lacks is said by libvirt" {
    for command in secret-list nwfilter-list nwfilter-binding-list "nwfilter-dumpxml x"; do
        run --separate-stderr v "$command"
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        [[ "$stderr" == *"not supported by the connection driver"* ]]
    done
}

# ---- the host

@test "freepages and freecell say which option is missing" {
    run --separate-stderr v freepages
    [[ "$stderr" == *"missing cellno"* ]]
    run --separate-stderr v freepages 0
    [[ "$stderr" == *"missing pagesize"* ]]
    run --separate-stderr v freepages -2 4
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"-1"* ]]
    run --separate-stderr v freecell --all --cellno 0
    [[ "$stderr" == *"--all and --cellno"* ]]
    [ "$(v freepages 0 2M)" = "2048KiB: $(v freepages 0 2048 | cut -d' ' -f2)" ]
}

@test "nodecpumap: letters, and ranges" {
    run v nodecpumap
    [ "${lines[2]}" = "CPU map:        y-y-y---" ]
    run v nodecpumap --pretty
    [ "${lines[2]}" = "CPU map:        0,2,4" ]
}

@test "nodecpustats: numbers that stand still are no numbers in JSON" {
    run v --format json nodecpustats --percent
    [ "$status" -eq 0 ]
    echo "$output" | python3 -c 'import json,sys; assert json.load(sys.stdin)["usage_percent"] is None'
}

@test "cpu-baseline reads processors one behind another" {
    printf '<cpu><arch>x86_64</arch><model>Penryn</model></cpu>\n<cpu><arch>x86_64</arch><model>Conroe</model></cpu>\n' >c.xml
    run v cpu-baseline c.xml
    [ "$status" -eq 0 ]
    [[ "$output" == *"<model fallback='allow'>Conroe</model>"* ]]
    printf '<cpu>\n<model>x</model' >c.xml
    run --separate-stderr v cpu-compare c.xml
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"c.xml:2:"* ]]
    echo '<network/>' >c.xml
    run --separate-stderr v cpu-compare c.xml
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"<cpu>"* ]]
}

@test "allocpages and nodesuspend refuse what makes no sense" {
    run --separate-stderr v allocpages x 1
    [ "$status" -eq 1 ]
    run --separate-stderr v allocpages 4 -1
    [ "$status" -eq 1 ]
    run --separate-stderr v nodesuspend ram 60
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'ram'"* ]]
    run --separate-stderr v nodesuspend mem -1
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"duration"* ]]
}

@test "devices: a pair of world wide names only where it can be one" {
    run ! v nodedev-info a,b
    [[ $output == *"Malformed wwn: a"* ]]
    run ! v nodedev-info a,b,c
    [[ $output == *"failed to get device 'a,b,c'"* && $output != *unknown* ]]
    run ! v nodedev-reset a,b
    [[ $output == *"no node device with matching name 'a,b'"* ]]
}

@test "ports: a network that is not there is said, and a failure for who is strict" {
    run -0 v net-port-dumpxml nonet x
    [[ $output == *nonet* ]]
    run -0 v net-port-delete nonet x
    run -3 v --strict-exit net-port-delete nonet x
}
