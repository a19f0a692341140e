#!/usr/bin/env bats
# virtyard-image on files of its own, and on volumes of libvirt's test driver

setup() {
    bats_require_minimum_version 1.5.0
    export LIBVIRT_DEFAULT_URI=test:///default
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
    dir=$BATS_TEST_TMPDIR/images
    mkdir -p "$dir"
}

image() {
    "$BIN/virtyard-image" "$@"
}

@test "create: missing directories are made, which QEMU may pass" {
    umask 077
    run --separate-stderr image create "$dir/a/b/web.qcow2" 1G
    [ "$status" -eq 0 ]
    [ "$output" = "Image '$dir/a/b/web.qcow2' created" ]
    [ "$(stat -c %a "$dir/a")" = 711 ]
    [ "$(stat -c %a "$dir/a/b")" = 711 ]
    [ "$(image info "$dir/a/b/web.qcow2" --format json | grep -c '"virtual_size": 1073741824')" = 1 ]
}

@test "create: nothing is overwritten" {
    echo precious >"$dir/x.qcow2"
    run --separate-stderr image create "$dir/x.qcow2" 1G
    [ "$status" -eq 4 ]
    [ "$(cat "$dir/x.qcow2")" = precious ]
    ln -s "$dir/nowhere" "$dir/link"
    run image create "$dir/link" 1G
    [ "$status" -eq 4 ]
    [ ! -e "$dir/nowhere" ]
}

@test "create: a failure leaves neither image nor directory" {
    run --separate-stderr image create "$dir/n/ew/x.vmdk" 1G --preallocation metadata -f vmdk
    [ "$status" -eq 1 ]
    [ ! -e "$dir/n" ]
}

@test "create: --dry-run makes nothing" {
    run image create "$dir/n/x.qcow2" 1G --dry-run
    [ "$status" -eq 0 ]
    [[ "$output" == *directory-make*image-create* ]]
    [ ! -e "$dir/n" ]
}

@test "create: a relative name is a volume of the pool, and cannot leave it" {
    run --separate-stderr image create web.qcow2 40G
    [ "$status" -eq 0 ]
    [ "$output" = "Image '/default-pool/web.qcow2' created" ]
    run image create ../etc/web.qcow2 40G
    [ "$status" -eq 2 ]
    run image create $'a\nb' 40G
    [ "$status" -eq 2 ]
}

@test "create: a name may be as long as the file system lets it be" {
    run image create "$dir/$(printf 'x%.0s' {1..256})" 1M
    [ "$status" -eq 2 ]
    [ ! -e "$XDG_STATE_HOME/virtyard/journal" ] || [ -z "$(ls "$XDG_STATE_HOME/virtyard/journal")" ]
    run image create "$dir/$(printf 'x%.0s' {1..255})" 1M
    [ "$status" -eq 0 ]
    [ "$(find "$dir" -type f | wc -l)" -eq 1 ]
}

@test "create: sizes are those of qemu-img, and a backing image gives its own" {
    run image create "$dir/x" 0
    [ "$status" -eq 2 ]
    run image create "$dir/x" -5G
    [ "$status" -eq 2 ]
    run image create "$dir/x" 12Z
    [ "$status" -eq 2 ]
    run image create "$dir/base.qcow2" 1.5G
    [ "$status" -eq 0 ]
    run image create "$dir/top.qcow2" --backing "$dir/base.qcow2"
    [ "$status" -eq 0 ]
    run image info "$dir/top.qcow2" --format json
    [[ "$output" == *'"virtual_size": 1610612736'* ]]
    [[ "$output" == *"\"backing\": \"$dir/base.qcow2\""* ]]
    run image create "$dir/small.qcow2" 1M --backing "$dir/base.qcow2"
    [ "$status" -eq 2 ]
}

@test "list: the tree of backing images" {
    image create "$dir/base.qcow2" 1G
    image create "$dir/a.qcow2" --backing "$dir/base.qcow2"
    run --separate-stderr image list "$dir"
    [ "$status" -eq 0 ]
    [[ "${lines[2]}" == " $dir/base.qcow2"* && "${lines[2]}" == *"image '$dir/a.qcow2'"* ]]
    [[ "${lines[3]}" == "   $dir/a.qcow2"* ]]
}

@test "resize: it grows, and shrinks only with --shrink" {
    image create "$dir/x.qcow2" 1G
    run image resize "$dir/x.qcow2" +1G
    [ "$status" -eq 0 ]
    [[ "$(image info "$dir/x.qcow2" --format json)" == *'"virtual_size": 2147483648'* ]]
    run image resize "$dir/x.qcow2" 1G
    [ "$status" -eq 2 ]
    [[ "$output" == *--shrink* ]]
    run image resize "$dir/x.qcow2" 1G --shrink
    [ "$status" -eq 0 ]
}

@test "resize: an image that backs another one is left alone" {
    image create "$dir/base.qcow2" 1G
    image create "$dir/a.qcow2" --backing "$dir/base.qcow2"
    run image resize "$dir/base.qcow2" 2G
    [ "$status" -eq 5 ]
    [[ "$output" == *"backs image '$dir/a.qcow2'"* ]]
}

@test "convert: into a new file of another format" {
    image create "$dir/x.qcow2" 10M
    run image convert "$dir/x.qcow2" "$dir/x.raw" -f raw
    [ "$status" -eq 0 ]
    [ "$(stat -c %s "$dir/x.raw")" = 10485760 ]
    run image convert "$dir/x.qcow2" "$dir/x.raw" -f raw
    [ "$status" -eq 4 ]
}

@test "check: leaks and errors are counted" {
    image create "$dir/x.qcow2" 10M
    run image check "$dir/x.qcow2" --format json
    [ "$status" -eq 0 ]
    [[ "$output" == *'"corruptions": 0'* ]]
    image create "$dir/x.raw" 10M -f raw
    run image check "$dir/x.raw"
    [ "$status" -eq 1 ]
}

@test "delete: refused while used, and the user is named" {
    image create "$dir/base.qcow2" 1G
    image create "$dir/a.qcow2" --backing "$dir/base.qcow2"
    run image delete "$dir/base.qcow2"
    [ "$status" -eq 5 ]
    [[ "$output" == *"is used by image '$dir/a.qcow2'"* ]]
    run image delete "$dir/base.qcow2" "$dir/a.qcow2"
    [ "$status" -eq 0 ]
    [ -z "$(ls -A "$dir")" ]
    run image delete "$dir/base.qcow2"
    [ "$status" -eq 3 ]
}

@test "delete: an image that a domain names is kept" {
    image create "$dir/disk.qcow2" 1G
    sed "s|@DISK@|$dir/disk.qcow2|" >"$BATS_TEST_TMPDIR/node.xml" <<'EOF'
<node>
  <domain type='test'>
    <name>web</name><memory>8192</memory><os><type>hvm</type></os>
    <devices><disk type='file' device='disk'>
      <source file='@DISK@'/><target dev='vda' bus='virtio'/>
    </disk></devices>
  </domain>
</node>
EOF
    run image -c "test://$BATS_TEST_TMPDIR/node.xml" delete "$dir/disk.qcow2"
    [ "$status" -eq 5 ]
    [[ "$output" == *"is used by domain 'web'"* ]]
    [ -e "$dir/disk.qcow2" ]
}
