#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-xml without a hypervisor: what is changed, what is made, what is refused

bats_require_minimum_version 1.5.0

setup () {
    dir=$BATS_TEST_TMPDIR
    cat >"$dir/domain.xml" <<'XML'
<domain type='test'>
  <name>web</name>
  <memory unit='GiB'>2</memory>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <devices>
  </devices>
</domain>
XML
}

xml () {
    "$BIN/virt-xml" --connect test:///default "$@"
}

@test "a device in an empty list of devices has lines of its own" {
    run xml --add-device --network user --print-diff <"$dir/domain.xml"
    [ "$status" -eq 0 ]
    [ "$(grep -c '^-[^-]' <<<"$output")" -eq 0 ]
    [[ "$output" == *'+    <interface type="user">'* ]]
}

@test "memory: another unit is understood, a maximum that is large enough stays" {
    run xml --edit --memory 1024 --print-xml <"$dir/domain.xml"
    [[ "$output" == *'<memory unit="GiB">2</memory>'* ]]
    run xml --edit --memory 4096 --print-xml <"$dir/domain.xml"
    [[ "$output" == *'<memory unit="KiB">4194304</memory>'* ]]
}

@test "a mode of the CPU takes the place of model, vendor and features" {
    sed -i "s,<devices>,<cpu match='exact'><model>n270</model><vendor>Intel</vendor>\
<feature policy='require' name='vmx'/></cpu><devices>," "$dir/domain.xml"
    run xml --edit --cpu host-passthrough --print-xml <"$dir/domain.xml"
    [[ "$output" == *'mode="host-passthrough"'* ]]
    [[ "$output" != *n270* && "$output" != *vmx* && "$output" != *Intel* ]]
}

@test "osinfo chooses the defaults of a device and is noted" {
    run xml --add-device --network user --osinfo fedora36 --print-xml <"$dir/domain.xml"
    [ "$status" -eq 0 ]
    [[ "$output" == *'id="http://fedoraproject.org/fedora/36"'* ]]
    run xml --add-device --network user --osinfo nosuchsystem --print-xml \
        <"$dir/domain.xml"
    [ "$status" -ne 0 ]
}

@test "names of disks go on behind those that are taken" {
    sed -i "s,<devices>,<devices><disk type='file' device='cdrom'>\
<target dev='hdc' bus='ide'/></disk>," "$dir/domain.xml"
    run xml --add-device --disk /dev/null,bus=ide --print-xml <"$dir/domain.xml"
    [[ "$output" == *'dev="hdd"'* ]]
    sed -i 's,hdc,hdd,' "$dir/domain.xml"
    run xml --add-device --disk /dev/null,bus=ide --print-xml <"$dir/domain.xml"
    [[ "$output" == *'dev="hda"'* ]]
}

@test "a new disk gets its volume when the domain is changed, not before" {
    run xml test --add-device --disk "$dir/new.qcow2,size=0.01" --print-xml
    [ "$status" -eq 0 ]
    [ ! -e "$dir/new.qcow2" ]
    run xml test --add-device --disk "$dir/new.qcow2,size=0.01"
    [ "$status" -eq 0 ]
    [[ "$output" == *"Domain 'test' defined successfully."* ]]
    [ "$(qemu-img info --output=json "$dir/new.qcow2" | jq -r .format)" = qcow2 ]
}

@test "a volume goes again when the domain cannot be changed" {
    run xml test --add-device --disk "$dir/sub/new.qcow2,size=0.01,target.bus=nonsense"
    [ "$status" -ne 0 ]
    [ ! -e "$dir/sub" ]
}

@test "security labels: the model follows from the label" {
    run xml --build-xml --seclabel type=static,label=u:r:t:s0
    [[ "$output" == *'model="selinux"'* ]]
    run xml --build-xml --seclabel type=static,label=107:107
    [[ "$output" == *'model="dac"'* ]]
    run xml --build-xml --seclabel relabel=yes
    [[ "$output" == *'<seclabel relabel="yes"/>'* ]]
}

@test "a domain is defined, then started" {
    cat >"$dir/host.xml" <<'XML'
<node>
  <domain xmlns:test='http://libvirt.org/schemas/domain/test/1.0' type='test'>
    <name>off</name>
    <memory>65536</memory>
    <os><type>hvm</type></os>
    <test:runstate>5</test:runstate>
  </domain>
</node>
XML
    run "$BIN/virt-xml" --connect "test://$dir/host.xml" off --edit --vcpus 2 --start
    [ "$status" -eq 0 ]
    [[ "$output" == *defined*started* ]]
}
