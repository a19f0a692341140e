#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-clone and virt-xml on a real daemon: copies that start, interruptions, running guests

load common

setup_file () {
    if ! virsh pool-info default >/dev/null 2>&1; then
        virsh pool-define-as default dir --target "$IMAGES"
        virsh pool-start default
    fi
    qemu-img create -q -f qcow2 "$IMAGES/first.qcow2" 64M
    qemu-io -f qcow2 -c 'write -P 9 1M 4M' "$IMAGES/first.qcow2"
    virsh pool-refresh default
    domain first '' | virsh define /dev/stdin
    cp "$IMAGES/first.qcow2" "$IMAGES/template.qcow2"
    virsh pool-refresh default
    domain template '<readonly/>' | virsh define /dev/stdin
}

teardown () {
    local name
    for name in copy linked; do
        virsh destroy "$name" || :
        virsh undefine "$name" || :
        rm -f "$IMAGES/$name".*
    done
    virsh destroy first || :
    virsh pool-refresh default
}

# domain NAME MORE: the XML of a domain whose disk is NAME.qcow2
domain () {
    cat <<XML
<domain type='qemu'>
  <name>$1</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <controller type='pci' model='pcie-root'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$IMAGES/$1.qcow2'/>
      <target dev='vda' bus='virtio'/>$2
    </disk>
    <interface type='network'><source network='default'/><model type='virtio'/></interface>
  </devices>
</domain>
XML
}

@test "a clone starts beside its original, with the same content" {
    "$BIN/virt-clone" -o first -n copy --auto-clone
    qemu-img compare "$IMAGES/first.qcow2" "$IMAGES/copy.qcow2"
    virsh start first
    virsh start copy
    [ "$(virsh dumpxml first | grep 'mac address')" != \
        "$(virsh dumpxml copy | grep 'mac address')" ]
}

@test "an interrupted copy leaves nothing" {
    local before
    fallocate -l 3G "$IMAGES/big.img"
    domain big '' | sed 's/big.qcow2/big.img/; s/qcow2/raw/' | virsh define /dev/stdin
    virsh pool-refresh default
    before=$(inventory)
    run timeout -s INT 1 "$BIN/virt-clone" -o big -n copy -f "$IMAGES/copy.img" --nonsparse
    [ "$status" -ne 0 ]
    [ "$(inventory)" = "$before" ]
    virsh undefine big
    rm "$IMAGES/big.img"
}

@test "signals that come together are one: the copy is undone" {
    local before pid
    fallocate -l 3G "$IMAGES/big.img"
    domain big '' | sed 's/big.qcow2/big.img/; s/qcow2/raw/' | virsh define /dev/stdin
    virsh pool-refresh default
    before=$(inventory)
    "$BIN/virt-clone" -o big -n copy -f "$IMAGES/copy.img" --nonsparse 3>&- &
    pid=$!
    until [ -e "$IMAGES/copy.img" ]; do sleep 0.01; done
    kill -TERM $pid
    sleep 0.02
    kill -HUP $pid || : # undone already
    run wait $pid
    [ "$(inventory)" = "$before" ]
    virsh undefine big
    rm "$IMAGES/big.img"
}

@test "linked clones of a template run at once, and a running one is refused" {
    "$BIN/virt-clone" -o template -n linked -f "$IMAGES/linked.qcow2" --linked
    virsh start linked
    "$BIN/virt-clone" -o template -n copy -f "$IMAGES/copy.qcow2" --linked
    virsh start copy
    [ "$(qemu-img info -U --output=json "$IMAGES/copy.qcow2" |
        jq -r '."backing-filename"')" = "$IMAGES/template.qcow2" ]
    virsh start first
    run "$BIN/virt-clone" -o first -n third -f "$IMAGES/third.qcow2" --linked
    [ "$status" -ne 0 ]
    virsh destroy first
    run "$BIN/virt-clone" -o first -n third -f "$IMAGES/third.qcow2" --linked
    [ "$status" -ne 0 ]
    [ ! -e "$IMAGES/third.qcow2" ]
}

@test "a disk is made and given to a running guest" {
    virsh start first
    "$BIN/virt-xml" first --add-device --disk "$IMAGES/more.qcow2,size=0.1,bus=virtio" \
        --update
    virsh domblklist first | grep -q more.qcow2
    virsh domblklist first --inactive | grep -q more.qcow2
    "$BIN/virt-xml" first --remove-device --disk "$IMAGES/more.qcow2"
    virsh destroy first
    rm "$IMAGES/more.qcow2"
}

@test "a disk that the running guest cannot take leaves no volume" {
    virsh start first
    before=$(inventory)
    run "$BIN/virt-xml" first --add-device --disk "$IMAGES/more.qcow2,size=0.1,bus=ide" \
        --update
    [ "$status" -ne 0 ]
    [ "$(inventory)" = "$before" ]
}
