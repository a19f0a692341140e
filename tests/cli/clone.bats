#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-clone without a hypervisor: what the clone is like, what is refused, what is left

bats_require_minimum_version 1.5.0

setup () {
    dir=$BATS_TEST_TMPDIR
    domain web "$dir/web.qcow2" '' >"$dir/web.xml"
    domain template "$dir/template.qcow2" '<readonly/>' >"$dir/template.xml"
    qemu-img create -q -f qcow2 "$dir/web.qcow2" 1M
    qemu-img create -q -f qcow2 "$dir/template.qcow2" 1M
}

# domain NAME IMAGE MORE: the XML of a domain with one disk
domain () {
    cat <<XML
<domain type='test'>
  <name>$1</name>
  <uuid>6695eb01-f6a4-8304-79aa-97f2502e19$(printf %02d ${#1})</uuid>
  <title>the first</title>
  <memory>65536</memory>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='$2'/>
      <target dev='vda' bus='virtio'/>
      $3
    </disk>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/>
      <source network='default'/>
      <target dev='tap7'/>
    </interface>
    <serial type='file'><source path='/var/log/$1.log'/></serial>
    <graphics type='vnc' port='5905' autoport='no'/>
  </devices>
</domain>
XML
}

clone () {
    "$BIN/virt-clone" --connect test:///default "$@"
}

web () {
    clone --original-xml "$dir/web.xml" "$@"
}

@test "a clone has an identity of its own" {
    run web --auto-clone --print-xml
    [ "$status" -eq 0 ]
    [[ "$output" == *"<name>web-clone</name>"* ]]
    [[ "$output" != *6695eb01* ]]
    [[ "$output" != *52:54:00:00:00:01* ]]
    [[ "$output" != *tap7* ]]
    [[ "$output" != *"the first"* ]]
    [[ "$output" == *'path="/var/log/web-clone.log"'* ]]
    [[ "$output" == *'port="-1"'* ]]
    [[ "$output" == *"file=\"$dir/web-clone.qcow2\""* ]]
    [ ! -e "$dir/web-clone.qcow2" ]
}

@test "names go on counting" {
    sed 's,<name>web<,<name>web-clone9<,' "$dir/web.xml" >"$dir/ninth.xml"
    run clone --original-xml "$dir/ninth.xml" --auto-clone --print-xml
    [[ "$output" == *"<name>web-clone10</name>"* ]]
}

@test "an image is copied, and what it has is in the copy" {
    qemu-io -f qcow2 -c 'write -P 7 0 64k' "$dir/web.qcow2" >/dev/null
    run web --name copy --file "$dir/copy.qcow2"
    [ "$status" -eq 0 ]
    [[ "$output" == *"Clone 'copy' created successfully."* ]]
    qemu-img compare "$dir/web.qcow2" "$dir/copy.qcow2"
    [ "$(stat -c %a "$dir/copy.qcow2")" = 600 ]
}

@test "a dry run prints the steps and makes nothing" {
    run web --auto-clone --dry-run
    [ "$status" -eq 0 ]
    [[ "$output" == *image-create*domain-define* ]]
    [ ! -e "$dir/web-clone.qcow2" ]
}

@test "a copy that fails leaves nothing" {
    printf 'no image' >"$dir/web.qcow2"
    run web --name copy --file "$dir/sub/copy.qcow2"
    [ "$status" -ne 0 ]
    [ ! -e "$dir/sub" ]
}

@test "an image that is there is kept, set aside or used as it is" {
    echo precious >"$dir/there.qcow2"
    run web --name copy --file "$dir/there.qcow2"
    [ "$status" -ne 0 ]
    [ "$(cat "$dir/there.qcow2")" = precious ]
    run web --name copy --file "$dir/there.qcow2" --preserve-data
    [ "$status" -eq 0 ]
    [ "$(cat "$dir/there.qcow2")" = precious ]
    run web --name copy --file "$dir/there.qcow2" --check path_exists=off
    [ "$status" -eq 0 ]
    qemu-img compare "$dir/web.qcow2" "$dir/there.qcow2"
    [ "$(ls "$dir"/there.qcow2*)" = "$dir/there.qcow2" ]
}

@test "images to be preserved must be there" {
    run web --name copy --file "$dir/nowhere.qcow2" --preserve-data
    [ "$status" -ne 0 ]
    [[ "$output" == *nowhere.qcow2* ]]
}

@test "a path is needed for each disk, a name for the clone" {
    run web --name copy
    [ "$status" -ne 0 ]
    run web --file "$dir/copy.qcow2"
    [ "$status" -ne 0 ]
}

@test "addresses: wrong ones, those in use and RANDOM" {
    for mac in 1 52:54:00:00:00 53:54:00:00:00:01 52:54:00:00:00:0g; do
        run web --auto-clone --mac "$mac" --print-xml
        [ "$status" -ne 0 ]
    done
    run web --auto-clone --mac 52:54:00:aa:bb:cc --print-xml
    [[ "$output" == *52:54:00:aa:bb:cc* ]]
    run web --auto-clone --mac RANDOM --print-xml
    [ "$status" -eq 0 ]
}

@test "a domain that runs is not cloned, and a name in use is refused" {
    run clone -o test --auto-clone
    [ "$status" -ne 0 ]
    [[ "$output" == *test* ]]
    run web --name test --file "$dir/copy.qcow2"
    [ "$status" -ne 0 ]
    [ ! -e "$dir/copy.qcow2" ]
}

@test "replace: the domain that has the name makes way" {
    run web --name test --file "$dir/copy.qcow2" --replace --dry-run
    [[ "$output" == *domain-replace*domain-define* ]]
    run web --name test --file "$dir/copy.qcow2" --replace
    [ "$status" -eq 0 ]
}

@test "linked: an overlay on the image of a template" {
    run clone --original-xml "$dir/template.xml" --auto-clone --linked
    [ "$status" -eq 0 ]
    run qemu-img info "$dir/template-clone.qcow2"
    [[ "$output" == *"backing file: $dir/template.qcow2"* ]]
    run clone --original-xml "$dir/template.xml" -n two --linked --print-xml
    [[ "$output" == *"$dir/two.qcow2"* ]] || [[ "$output" == *template-clone-1.qcow2* ]]
    [[ "$output" != *"<readonly/>"* ]]
}

@test "linked: refused while somebody can write to the image" {
    export HOME=$dir XDG_STATE_HOME=$dir/state
    cat >"$dir/host.xml" <<XML
<node>
  <domain xmlns:test='http://libvirt.org/schemas/domain/test/1.0' type='test'>
  $(sed '1d' "$dir/web.xml" | sed '$d')
  <test:runstate>5</test:runstate>
  </domain>
</node>
XML
    run "$BIN/virt-clone" --connect "test://$dir/host.xml" -o web --auto-clone --linked
    [ "$status" -ne 0 ]
    [[ "$output" == *"readonly=on"* ]]
    [ ! -e "$dir/web-clone.qcow2" ]
    chmod a-w "$dir/web.qcow2"
    run "$BIN/virt-clone" --connect "test://$dir/host.xml" -o web --auto-clone --linked
    [ "$status" -eq 0 ]
}

@test "what was made, as JSON" {
    run --separate-stderr web --name copy --file "$dir/copy.qcow2" --format json
    [ "$status" -eq 0 ]
    [ "$(jq -r '.name + " " + .images[0]' <<<"$output")" = "copy $dir/copy.qcow2" ]
}

@test "images on other machines are preserved, and not copied" {
    sed -i "s|</disk>|</disk><disk type='network' device='disk'><source protocol='http' \
name='/old/data.img'><host name='example.org'/></source><target dev='vdb' bus='virtio'/></disk>|" \
        "$dir/web.xml"
    run web -n copy --preserve-data --print-xml -f https://example.com/a,b?c=d -f nbd://192.0.2.1:10809/e
    [ "$status" -eq 0 ]
    [[ "$output" == *'<source protocol="https" name="a,b" query="c=d">'* ]]
    [[ "$output" == *'<host name="192.0.2.1" port="10809"/>'* ]]
    [[ "$output" != *"$dir/web.qcow2"* ]]
    run web -n copy --preserve-data --print-xml -f "$dir/web.qcow2" --auto-clone
    [ "$status" -eq 0 ]
    [[ "$output" == *'name="old/data-clone.img"'* ]]
    run web -n copy --print-xml -f "$dir/a.qcow2" -f https://example.com/b
    [ "$status" -eq 1 ]
    run web -n copy --print-xml -f https://example.com/b --skip-copy vdb
    [ "$status" -eq 1 ]
}
