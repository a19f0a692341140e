#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virsh: devices of domains, what they do, block jobs; against libvirt's test driver

setup() {
    bats_require_minimum_version 1.5.0
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
    cat >"$BATS_TEST_TMPDIR/host.xml" <<'XML'
<node>
  <domain type='test'>
    <name>web</name>
    <uuid>1a2b3c4d-0001-4000-8000-00000000a001</uuid>
    <memory>65536</memory><vcpu>1</vcpu><iothreads>2</iothreads>
    <os><type>hvm</type></os>
    <devices>
      <disk type='file' device='disk'>
        <driver name='qemu' type='raw'/>
        <source file='/srv/root.img'/><target dev='vda' bus='virtio'/>
      </disk>
      <disk type='block' device='cdrom'>
        <source dev='/dev/sr0' startupPolicy='optional'/>
        <target dev='hdc' bus='ide'/><readonly/>
      </disk>
      <disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>
      <interface type='network'>
        <mac address='52:54:00:aa:bb:01'/><source network='default'/>
      </interface>
      <interface type='network'>
        <mac address='52:54:00:aa:bb:02'/><source network='default'/><link state='down'/>
      </interface>
      <graphics type='vnc' port='5905' autoport='no' listen='127.0.0.1' passwd='secret'/>
      <graphics type='spice' autoport='no' tlsPort='5999' listen='::1'/>
    </devices>
  </domain>
</node>
XML
}

v() {
    "$BIN/virsh" -q -c "test://$BATS_TEST_TMPDIR/host.xml" "$@"
}

json() {
    python3 -c 'import json, sys; print(eval(sys.argv[1], {"d": json.load(sys.stdin)}))' "$1"
}

@test "attach-disk: options have their place in the XML, as libvirt writes it" {
    run v attach-disk web /n/f vdx --print-xml --targetbus virtio --subdriver qcow2 \
        --cache none --mode readonly --serial S1 --address pci:0.0.5.0 --multifunction
    [ "$output" = "<disk type='file'>
  <driver type='qcow2' cache='none'/>
  <source file='/n/f'/>
  <target dev='vdx' bus='virtio'/>
  <readonly/>
  <serial>S1</serial>
  <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0' multifunction='on'/>
</disk>" ]
}

@test "attach-disk: values are escaped, also where they are text" {
    run v attach-disk web "/a'&<é" vdx --serial 'a&b' --print-xml
    [[ "$output" == *"file='/a&apos;&amp;&lt;é'"* ]]
    [[ "$output" == *"<serial>a&amp;b</serial>"* ]]
}

@test "attach-disk: a network disk has its host" {
    run v attach-disk web img vdx --source-protocol nbd --source-host-name h:10809 \
        --print-xml
    [[ "$output" == *"<host name='h' port='10809'/>"* ]]
    run ! v attach-disk web img vdx --source-protocol nbd --source-host-socket /s --print-xml
    run ! v attach-disk web img vdx --sourcetype network --print-xml
}

@test "attach-disk: an address that does not suit the target is refused" {
    run ! v attach-disk web /f vda --address ide:0.0.0 --print-xml
    run ! v attach-disk web /f sda --address scsi:1 --print-xml
    run v attach-disk web /f sda --address sata:1.2.3 --print-xml
    [[ "$output" == *"type='drive' controller='1' bus='2' unit='3'"* ]]
}

@test "attach-interface: rates are numbers, and outbound traffic has no floor" {
    run v attach-interface web network default --inbound 10,,30 --outbound 5 --print-xml
    [[ "$output" == *"<inbound average='10' burst='30'/>"*"<outbound average='5'/>"* ]]
    run ! v attach-interface web network default --inbound 1k --print-xml
    run ! v attach-interface web network default --inbound ,2 --print-xml
    run ! v attach-interface web network default --outbound 1,2,3,4 --print-xml
}

@test "attach-interface: a PCI device and a vhostuser socket" {
    run v attach-interface web hostdev 0000:03:01.1 --managed --print-xml
    [[ "$output" == *"managed='yes'"*"bus='0x03' slot='0x01' function='0x1'"* ]]
    run v attach-interface web vhostuser /s --source-mode server --print-xml
    [[ "$output" == *"<source type='unix' path='/s' mode='server'/>"* ]]
    run ! v attach-interface web vhostuser /s --print-xml
}

@test "detach-disk: a disk is found by target and by source, as libvirt shows it" {
    run v detach-disk web vda --print-xml
    [[ "$output" == '<disk type="file" device="disk">'*'<target dev="vda" bus="virtio"/>'* ]]
    [ "$output" = "$(v detach-disk web /srv/root.img --print-xml)" ]
    run ! v detach-disk web nosuch --print-xml
}

@test "detach-interface: one of many needs its MAC address" {
    run --separate-stderr ! v detach-interface web network --print-xml
    [[ "$stderr" == *"--mac"* ]]
    run v detach-interface web network --mac 52:54:0:AA:BB:2 --print-xml
    [[ "$output" == *"52:54:00:aa:bb:02"* ]]
}

@test "change-media: the source is replaced, its policy stays" {
    run v change-media web hdc /new.iso --print-xml
    [[ "$output" == '<disk type="file" device="cdrom">'* ]]
    [[ "$output" == *'<source file="/new.iso" startupPolicy="optional"/>'* ]]
    run v change-media web hdc --eject --print-xml
    [[ "$output" != *"<source"* ]]
    run ! v change-media web hdc /new.iso --insert --print-xml
    run ! v change-media web fda --eject --print-xml
    run ! v change-media web vda --eject --print-xml
}

@test "domif-setlink and domif-getlink" {
    run v domif-setlink web 52:54:00:AA:BB:02 up --print-xml
    [[ "$output" == *'<link state="up"/>'* ]]
    run ! v domif-setlink web 52:54:00:aa:bb:02 sideways --print-xml
    [ "$(v domif-getlink web 52:54:00:aa:bb:01)" = "52:54:00:aa:bb:01 up" ]
    [ "$(v --format json domif-getlink web 52:54:00:aa:bb:02 | json 'd["link"]')" = down ]
}

@test "domdisplay: URIs of all displays, passwords only when asked for" {
    [ "$(v domdisplay web)" = vnc://127.0.0.1:5 ]
    [ "$(v domdisplay web --include-password)" = vnc://:secret@127.0.0.1:5 ]
    [ "$(v domdisplay web --type spice)" = "spice://[::1]?tls-port=5999" ]
    [ "$(v --format json domdisplay web --all | json 'len(d)')" = 2 ]
    run ! v domdisplay web --type rdp
}

@test "domblkinfo --all: an empty drive has no sizes" {
    run v domblkinfo web --all
    [[ "$output" == *"fda"*"-"*"-"*"-"* ]]
    [ "$(v --format json domblkinfo web --all | json 'd[2]["capacity_bytes"]')" = None ]
    run ! v domblkinfo web
    run ! v domblkinfo web vda --all
}

@test "domstats: JSON has an array of what there is more of" {
    run v domstats web --iothread
    [[ "$output" == *"iothread.count=2"*"iothread.2.poll-grow=0"* ]]
    [ "$(v --format json domstats | json 'd[0]["iothread"][1]["index"]')" = 2 ]
    run v --format plain domstats web
    [[ "$output" == *"iothread_2_poll_grow=0"* ]]
}

@test "dommemstat, domcontrol, domblkerror" {
    [ "$(v domcontrol web)" = ok ]
    run ! v dommemstat web --period -1
    [[ "$(v domblkerror web)" == *"vda: "* ]]
    [ "$(v --format json domblkerror web | json 'd[0]["disk"]')" = vda ]
}

@test "blockcopy: the XML of the copy, and options that cannot be together" {
    run v blockcopy web vda /c --raw --print-xml
    [[ "$output" == *"<source file='/c'/>"*"<driver type='raw'/>"* ]]
    run ! v blockcopy web vda --print-xml
    run ! v blockcopy web vda /c --xml /x --print-xml
    run --separate-stderr ! v blockcopy web vda /c --async
    [[ "$stderr" == *"--async"* ]]
    run ! v blockcopy web vda /c --pivot --finish
}

@test "block jobs: libvirt's own message comes through" {
    for command in "blockcommit web vda --pivot" "blockpull web vda --wait" \
        "blockcopy web vda /c --finish" "blockjob web vda 5" "blockjob web vda --abort" \
        "blockresize web vda 2G" "domblkthreshold web vda 1G"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr ! v $command
        [[ "$stderr" == *"not supported"* ]]
    done
}

@test "block jobs: bandwidths and times that are none" {
    for word in abc "" 1.2.3 99999999999999999999; do
        run --separate-stderr ! v blockjob web vda "--bandwidth=$word"
        [[ "$stderr" != *"not supported"* ]]
    done
    for word in 0 -1 4294968 abc; do
        run --separate-stderr ! v blockpull web vda --wait --timeout "$word"
        [[ "$stderr" != *"not supported"* ]]
    done
}
