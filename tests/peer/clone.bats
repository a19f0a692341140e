#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-clone as system administrators write it, beside the machine's own

load common

setup () {
    need_peer virt-clone
    dir=$BATS_TEST_TMPDIR
    qemu-img create -q -f qcow2 "$dir/web.qcow2" 1M
    qemu-img create -q -f raw "$dir/data.img" 1M
    cat >"$dir/web.xml" <<XML
<domain type='test'>
  <name>web</name>
  <uuid>6695eb01-f6a4-8304-79aa-97f2502e1900</uuid>
  <memory>65536</memory>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$dir/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='disk'>
      <source file='$dir/data.img'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='hda' bus='ide'/>
      <readonly/>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/>
      <source network='default'/>
    </interface>
    <interface type='user'>
      <mac address='52:54:00:00:00:02'/>
    </interface>
    <graphics type='vnc' port='5905' autoport='no'/>
  </devices>
</domain>
XML
    export dir
}

@test "clones" {
    same_lines virt-clone --connect test:///default --original-xml "$dir/web.xml" \
        --print-xml <<'LINES'
--auto-clone
-n copy --auto-clone
-n copy -f "$dir/a.qcow2" -f "$dir/b.img"
--name copy --file "$dir/a.qcow2" --auto-clone
-n copy --auto-clone --skip-copy vdb
-n copy --auto-clone --skip-copy=vda --skip-copy=vdb
-n copy --auto-clone --mac 52:54:00:aa:bb:01 --mac 52:54:00:aa:bb:02
-n copy --auto-clone --mac RANDOM
-n copy --auto-clone --uuid 11111111-2222-3333-4444-555555555555
-n copy --auto-clone --nonsparse
-n test --auto-clone --replace
-n copy -f "$dir/web.qcow2" -f "$dir/data.img" --preserve-data
-n copy -f "$dir/web.qcow2" -f "$dir" --preserve-data
LINES
}
