#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virsh list: what is asked once for all domains is what each of them says

setup() {
    bats_require_minimum_version 1.5.0
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
    cat >"$BATS_TEST_TMPDIR/host.xml" <<'XML'
<node xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
  <domain type='test'>
    <name>one</name><title>First &amp; only</title><memory>65536</memory>
    <os><type>hvm</type></os>
  </domain>
  <domain type='test'>
    <test:runstate>3</test:runstate><name>two</name><memory>65536</memory>
    <os><type>hvm</type></os>
  </domain>
  <domain type='test'>
    <test:runstate>5</test:runstate><test:hasmanagedsave/><name>three</name>
    <memory>65536</memory><os><type>hvm</type></os>
  </domain>
  <domain type='test'>
    <test:runstate>5</test:runstate><name>four</name><memory>65536</memory>
    <os><type>hvm</type></os>
  </domain>
</node>
XML
}

v() {
    "$BIN/virsh" -q -c "test://$BATS_TEST_TMPDIR/host.xml" "$@"
}

# field KEY ARGUMENT… : that field of all rows, in one line
field() {
    v --format json list "${@:2}" | python3 -c '
import json, sys
print(*[str(row[sys.argv[1]]) for row in json.load(sys.stdin)], sep="|")' "$1"
}

@test "states and names, in the order of the ids and then of the names" {
    [ "$(field state --all)" = "running|paused|shut off|shut off" ]
    [ "$(field name --all)" = "one|two|four|three" ]
    [ "$(field state)" = "running|paused" ]
}

@test "--managed-save says who is saved" {
    [ "$(field state --inactive --managed-save)" = "shut off|saved" ]
}

@test "--title: each domain has its own" {
    [ "$(field title --all --title)" = "First & only|||" ]
}

@test "one domain is listed as many are" {
    [ "$(field state --state-paused)" = "paused" ]
}

@test "--id: domains without an id have none; UUID, id and name stand in this order" {
    run v list --all --id
    [ "$output" = "1"$'\n'"2" ]
    run v list --inactive --id --uuid --name
    [[ "${lines[0]}" == *"-"*" - four" ]]
}

@test "--format and --columns behind a command are for that command only" {
    run v "list --format csv --columns name,state; list --name"
    [ "$status" -eq 0 ]
    [ "$output" = $'one,running\ntwo,paused\none\ntwo' ]
    run v list --format json --format csv
    [ "$status" -eq 1 ]
    run v list --format xml
    [[ "$output" == *"table, json, csv, plain"* ]]
}

@test "a command's own --format is not that of its output" {
    run --separate-stderr v vol-create-as nosuch x 1M --format json
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'nosuch'"* ]]
}
