#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virsh: snapshots, checkpoints, saved states, events, on libvirt's test driver

setup() {
    bats_require_minimum_version 1.5.0
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR EDITOR=true
    unset VISUAL
    cd "$BATS_TEST_TMPDIR" || return 1
}

virsh() {
    "$BIN/virsh" -q -c test:///default "$@"
}

three='snapshot-create-as test a; snapshot-create-as test b; snapshot-revert test a;
       snapshot-create-as test c;'

@test "snapshots: names, in a tree, with what they are based on" {
    run virsh "$three snapshot-list test --name"
    [[ "$output" == *$'a\nb\nc' ]]
    run virsh "$three snapshot-list test --tree"
    [[ "$output" == *$'a\n  |\n  +- b\n  +- c\n    '* ]]
    run virsh "$three snapshot-list test --parent"
    [[ "${lines[*]}" == *'b '*' a'* ]]
    run virsh "$three snapshot-list test --from a --name"
    [[ "$output" == *$'b\nc' ]]
    run virsh "$three snapshot-list test --leaves --name"
    [[ "$output" == *$'b\nc' ]]
    run virsh "$three snapshot-list test --roots --name"
    [[ "$output" == *a ]]
}

@test "snapshots: JSON has the parent and seconds" {
    run virsh --format json "$three snapshot-list test"
    [[ "$output" == *'"parent":"a"'* || "$output" == *'"parent": "a"'* ]]
    [[ "$output" =~ \"creation_time\":\ ?[0-9]+ ]]
}

@test "snapshots: what does not go together is said, and nothing is done" {
    local words
    for words in '--tree --name' '--tree --leaves' '--roots --current' \
        '--parent --roots' '--descendants' '--from a --current'; do
        run --separate-stderr virsh "snapshot-list test $words"
        echo "$words: $output $stderr"
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        [ -n "$stderr" ]
    done
}

@test "snapshots: doubled commas are part of a value" {
    run virsh snapshot-create-as test s '1<2' --print-xml --memspec file=d,,e \
        --diskspec 'vda,file=a&b,,c,snapshot=external' --diskspec vdb,stype=block,file=/dev/x
    [ "$status" -eq 0 ]
    [ "$output" = "<domainsnapshot>
  <name>s</name>
  <description>1&lt;2</description>
  <memory file='d,e'/>
  <disks>
    <disk name='vda' snapshot='external'>
      <source file='a&amp;b,c'/>
    </disk>
    <disk name='vdb' type='block'>
      <source dev='/dev/x'/>
    </disk>
  </disks>
</domainsnapshot>" ]
}

@test "snapshots: a specification with a mistake is refused" {
    local spec
    for spec in vda,bogus=1 vda,snapshot=no,snapshot=no vda,stype=net ,snapshot=no; do
        run --separate-stderr virsh snapshot-create-as test s --print-xml --diskspec $spec
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        [[ "$stderr" == *"diskspec: $spec"* ]]
    done
    run --separate-stderr virsh snapshot-create-as test s --print-xml --memspec m.img
    [[ "$stderr" == *'memspec: m.img'* ]]
}

@test "snapshots: info, parent, the current one" {
    run virsh "$three snapshot-info test b"
    [[ "$output" == *'Name:           b'* ]]
    [[ "$output" == *'Parent:         a'* ]]
    [[ "$output" == *'Current:        no'* ]]
    run virsh "$three snapshot-parent test c"
    [[ "$output" == *a ]]
    run --separate-stderr virsh "$three snapshot-parent test a"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'a' has no parent"* ]]
    run virsh "$three snapshot-current test b; snapshot-current test --name"
    [[ "$output" == *b ]]
}

@test "snapshots: delete with what is based on it" {
    run virsh "$three snapshot-delete test a --children; snapshot-list test --name"
    [ "$status" -eq 0 ]
    [[ "$output" != *$'\n'[abc] ]]
    run virsh "$three snapshot-delete test a --children-only; snapshot-list test --name"
    [[ "$output" == *a ]]
}

@test "snapshots: a new name in the editor makes another one with --clone" {
    cat >rename <<'SH'
#!/bin/sh
exec sed -i 's,<name>a</name>,<name>z</name>,' "$1"
SH
    chmod +x rename
    export EDITOR=$PWD/rename
    run virsh 'snapshot-create-as test a; snapshot-edit test a --clone; snapshot-list test --name'
    [[ "$output" == *$'a\nz' ]]
}

@test "checkpoints: the same words, and no renaming" {
    run virsh 'checkpoint-create-as test a; checkpoint-create-as test b;
        checkpoint-list test --tree; checkpoint-info test b'
    [[ "$output" == *$'a\n  |\n  +- b\n    '* ]]
    [[ "$output" == *'Parent:         a'* ]]
    run virsh checkpoint-create-as test c w --print-xml --diskspec vda,checkpoint=bitmap,bitmap=x
    [[ "$output" == *"<disk name='vda' checkpoint='bitmap' bitmap='x'/>"* ]]
    run --separate-stderr virsh checkpoint-info test
    [ "$status" -eq 1 ]
    [[ "$stderr" == *'--checkpointname'* ]]
}

@test "saved states: save, restore, and a format only with --memory-only" {
    run virsh "save test $PWD/state; domstate test; restore $PWD/state; domstate test"
    [ "$status" -eq 0 ]
    [[ "$output" == *'shut off'*running* ]]
    run --separate-stderr virsh save test "$PWD/state" --verbose
    [[ "$stderr" == *'Save: [100 %]'* ]]
    run --separate-stderr virsh dump test core --format elf
    [ "$status" -eq 1 ]
    [[ "$stderr" == *--memory-only* ]]
    [ ! -e core ]
}

@test "screenshot: a picture with a name of its own" {
    run "$BIN/virsh" -c test:///default screenshot test
    [[ "$output" == 'Screenshot saved to test-'*'.png, with type of image/png' ]]
    find . -name 'test-*.png' -size +0 | grep -q .
}

@test "migrate: options that need others" {
    local words
    for words in '--timeout 5' '--timeout-suspend' '--live --offline' '--tls-destination x' \
        '--persistent-xml x' '--live --postcopy-after-precopy' \
        '--live --timeout 5 --timeout-suspend --timeout-postcopy'; do
        run --separate-stderr virsh "migrate test test:///default $words"
        echo "$words: $stderr"
        [ "$status" -eq 1 ]
        [[ "$stderr" != *'not supported'* ]]
    done
}

@test "event: names, and the end by timeout" {
    run virsh event --list
    [ "${lines[0]}" = lifecycle ]
    [ "${#lines[@]}" -eq 27 ]
    run virsh event --all --timeout 1
    [ "$status" -eq 1 ]
    [ "$output" = $'event loop timed out\nevents received: 0' ]
    run --separate-stderr virsh net-event nosuch lifecycle --timeout 1
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'nosuch'"* ]]
    run --separate-stderr virsh event lifecycle --timeout 0
    [ "$status" -eq 1 ]
    [ -z "$output" ]
}

@test "event: an interrupt ends it" {
    virsh event --all --loop >out 2>err 3>&- &
    pid=$!
    sleep 1
    kill -INT "$(pgrep -P $pid || echo $pid)"
    wait $pid && false
    cat out err
    grep -q 'event loop interrupted' out
    grep -q 'events received: 0' out
}

@test "await: a state that is there, and one that does not come" {
    run virsh await test running
    [ "$status" -eq 0 ]
    run --separate-stderr virsh await test domain-inactive --timeout 1
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'test'"* ]]
    run --separate-stderr virsh await test nonsense
    [ "$status" -eq 1 ]
}
