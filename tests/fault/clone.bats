#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# whatever happens while a domain is cloned, nothing of the clone is left

load ../guest/common

setup_file () {
    if ! virsh pool-info default >/dev/null 2>&1; then
        virsh pool-define-as default dir --target "$IMAGES"
        virsh pool-start default
    fi
    qemu-img create -q -f qcow2 "$IMAGES/first.qcow2" 8M
    # libvirt keeps the owner that it gives to images
    domain first '' | virsh define /dev/stdin
    domain base '<readonly/>' | virsh define /dev/stdin
    domain old '' | virsh define /dev/stdin
}

# domain NAME MORE: the XML of a domain whose disk is first.qcow2
domain () {
    cat <<XML
<domain type='qemu'>
  <name>$1</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$IMAGES/$1.qcow2'/>
      <target dev='vda' bus='virtio'/>$2
    </disk>
  </devices>
</domain>
XML
}

faults () {
    "$BATS_TEST_DIRNAME/run" "$@"
}

@test "clone: domain and images, or nothing" {
    faults --clean "virsh undefine second; rm $IMAGES/second.qcow2" -- \
        "$BIN/virt-clone" -o first -n second -f "$IMAGES/second.qcow2"
}

@test "clone --linked: domain and overlay, or nothing" {
    qemu-img create -q -f qcow2 "$IMAGES/base.qcow2" 8M
    faults --clean "virsh undefine linked; virsh vol-delete linked.qcow2 default" -- \
        "$BIN/virt-clone" -o base -n linked -f "$IMAGES/linked.qcow2" --linked
}

@test "clone --replace: the domain that made way is back" {
    virsh dumpxml old --inactive >"$BATS_FILE_TMPDIR/old.xml"
    faults --clean "virsh undefine old; rm $IMAGES/third.qcow2; \
        virsh define $BATS_FILE_TMPDIR/old.xml" -- \
        "$BIN/virt-clone" -o first -n old -f "$IMAGES/third.qcow2" --replace
}
