#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# what virsh prints about networks, interfaces, devices, secrets, filters and the host,
# beside the installed virsh: standard output and status are equal

setup() {
    bats_require_minimum_version 1.5.0
    peer=$(PATH=/usr/bin:/bin command -v virsh) || skip "there is no other virsh"
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR HOME=$BATS_TEST_TMPDIR EDITOR=true
    cd "$BATS_TEST_TMPDIR" || return
    cat >host.xml <<'XML'
<node>
  <cpu><mhz>2400</mhz><model>x86_64</model><nodes>2</nodes><sockets>2</sockets>
    <cores>2</cores><threads>2</threads><active>7</active></cpu>
  <memory>16777216</memory>
  <network><name>nat</name><uuid>2b000000-0001-4000-8000-000000000001</uuid>
    <forward mode='nat'/><bridge name='virbr7'/>
    <ip address='10.20.7.1' netmask='255.255.255.0'>
      <dhcp><range start='10.20.7.100' end='10.20.7.200'/>
        <host mac='52:54:00:11:22:01' ip='10.20.7.50'/></dhcp></ip></network>
  <network><name>Bridge</name><uuid>2b000000-0002-4000-8000-000000000002</uuid>
    <forward mode='bridge'/><bridge name='br0'/></network>
  <interface type='ethernet' name='eth7'><start mode='onboot'/>
    <mac address='aa:bb:cc:00:00:07'/><protocol family='ipv4'><dhcp/></protocol></interface>
  <interface type='bridge' name='br7'><start mode='none'/>
    <bridge stp='off'><interface type='ethernet' name='eth9'/></bridge></interface>
  <device><name>computer</name><capability type='system'><product>Box</product>
    <hardware><uuid>11111111-2222-3333-4444-555555555555</uuid></hardware><firmware/>
    </capability></device>
  <device><name>net_eth7</name><parent>computer</parent>
    <capability type='net'><interface>eth7</interface></capability></device>
</node>
XML
    echo '<network><name>new</name><bridge name="virbr9"/></network>' >net.xml
    echo '<network><bridge name="virbr9"/></network>' >nameless.xml
    echo "<interface type='ethernet' name='eth8'><start mode='none'/></interface>" >iface.xml
    printf '<cpu><arch>x86_64</arch><model>Penryn</model></cpu>\n<cpu><arch>x86_64</arch><model>Conroe</model></cpu>\n' >cpus.xml
    printf '<cpu>\n<model' >bad.xml
    printf '\0\1' >bytes
}

# same: each line of the input is a command string that both get
same() {
    local line bad=0 one two
    while IFS= read -r line; do
        one=0 two=0
        "$peer" -c "test://$PWD/host.xml" "$line" >one 2>one.err </dev/null || one=$?
        "$BIN/virsh" -c "test://$PWD/host.xml" "$line" >two 2>two.err </dev/null || two=$?
        # whether something was said, not what
        [ -s one.err ] && echo said >>one
        [ -s two.err ] && echo said >>two
        [ "$one" = "$two" ] && diff -u one two && continue
        echo "differs: $line ($one, $two): $(cat one.err two.err)"
        bad=1
    done
    return $bad
}

@test "networks" {
    same <<'CMDS'
net-list
net-list --all --name
net-list --name --uuid
net-list --inactive
net-list --transient --no-autostart
net-info nat
net-info 2b000000-0001-4000-8000-000000000001
net-name 2b000000-0001-4000-8000-000000000001
net-name nat
net-uuid nat
net-uuid 2b000000-0001-4000-8000-000000000001
net-dumpxml nat
net-dumpxml nat --inactive
net-dumpxml nat --xpath //dhcp/*
net-dumpxml nat --xpath //dhcp/@none --wrap
net-destroy nat; net-list --all; net-start nat; net-start nat
net-destroy 2b000000-0001-4000-8000-000000000001; net-undefine nat; net-list --all
net-autostart nat; net-list; net-autostart nat --disable; net-list --autostart
net-define net.xml; net-list --all; net-start new; net-list; net-undefine new; net-list
net-create net.xml; net-list; net-destroy new; net-list --all
net-define nameless.xml
net-define gone.xml
net-edit nat; net-edit nosuch
net-dhcp-leases nat
net-update nat add ip-dhcp-host "<host mac='52:54:00:11:22:02' ip='10.20.7.51'/>"; net-dumpxml nat
net-update nat delete ip-dhcp-host "<host ip='10.20.7.50'/>" --live; net-dumpxml nat
net-update nat delete ip-dhcp-host "<host ip='10.20.7.50'/>" 3
net-update nat put ip x
net-update nat add none x
net-update nat add ip gone.xml
net-port-list nat
net-port-list nat --uuid --table
net-port-dumpxml nat nosuch
net-port-delete nat nosuch
net-event --list
CMDS
}

@test "interfaces" {
    same <<'CMDS'
iface-list
iface-list --all
iface-list --inactive
iface-list --all --inactive
iface-dumpxml eth7
iface-dumpxml eth7 --inactive
iface-dumpxml AA:BB:CC:00:00:07 --xpath //mac
iface-name aa:bb:cc:00:00:07
iface-name eth7
iface-mac eth7
iface-mac br7
iface-mac aa:bb:cc:00:00:07
iface-define iface.xml; iface-list --all; iface-start eth8; iface-destroy eth8; iface-undefine eth8
iface-begin; iface-undefine br7; iface-rollback; iface-list --all
iface-begin; iface-undefine br7; iface-commit; iface-list --all
iface-begin; iface-begin
iface-rollback
iface-edit eth7
iface-bridge nosuch x
iface-bridge eth7 br7
iface-unbridge nosuch
CMDS
}

@test "devices" {
    same <<'CMDS'
nodedev-list
nodedev-list --tree --cap net
nodedev-list --cap teapot
nodedev-list --all --inactive
nodedev-dumpxml computer
nodedev-dumpxml net_eth7 --xpath //interface
nodedev-info computer
nodedev-info net_eth7
nodedev-destroy net_eth7; nodedev-dumpxml net_eth7
nodedev-destroy --name net_eth7
nodedev-detach computer --driver vfio
nodedev-dettach computer
nodedev-reattach computer
nodedev-reset computer
nodedev-start computer
nodedev-undefine computer
nodedev-autostart computer --disable
nodedev-create gone.xml
nodedev-define net.xml
nodedev-event --list
CMDS
}

@test "secrets and filters, which the driver does not have" {
    same <<'CMDS'
secret-list --private
secret-dumpxml nosuch
secret-define gone.xml
secret-get-value nosuch
secret-set-value nosuch --file bytes --plain
secret-set-value nosuch value --plain
secret-set-value nosuch --interactive --file bytes
secret-undefine nosuch
secret-event --list
nwfilter-list
nwfilter-dumpxml nosuch
nwfilter-define net.xml
nwfilter-edit nosuch
nwfilter-binding-list
nwfilter-binding-create net.xml --validate
nwfilter-binding-delete nosuch
CMDS
}

@test "the host" {
    same <<'CMDS'
nodeinfo
nodecpumap
nodecpumap --pretty
nodecpustats
nodecpustats 1
nodecpustats -2
nodememstats
node-memory-tune
node-memory-tune 100
node-memory-tune -3
nodesevinfo
nodesuspend ram 60
nodesuspend mem -1
nodesuspend mem 60
freecell
freecell --all
freecell 0
freecell -1
freepages
freepages --all
freepages 0
freepages 0 4K
freepages -1 2M
freepages -2 4
allocpages 4 1
allocpages 4 -1
allocpages x 1
allocpages 4 1 --all --cellno 0
maxvcpus
maxvcpus nosuch
cpu-models x86_64
cpu-models nosuch
cpu-baseline cpus.xml
cpu-baseline cpus.xml --features
cpu-baseline net.xml
cpu-compare cpus.xml
cpu-compare bad.xml
cpu-compare gone.xml
hypervisor-cpu-compare cpus.xml kvm --error
hypervisor-cpu-baseline cpus.xml --model Penryn
CMDS
}
