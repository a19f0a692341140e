#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# secrets, network filters, ports of networks and devices of a real daemon

load common

secret=4d000000-0001-4000-8000-000000000001

setup () {
    cd "$BATS_TEST_TMPDIR"
    cat >s.xml <<XML
<secret ephemeral='yes' private='no'>
  <uuid>$secret</uuid>
  <usage type='volume'><volume>/a/b</volume></usage>
</secret>
XML
    cat >f.xml <<'XML'
<filter name='only-arp' chain='root'>
  <uuid>4d000000-0002-4000-8000-000000000001</uuid>
  <rule action='drop' direction='out' priority='500'><all/></rule>
</filter>
XML
}

teardown () {
    v secret-undefine "$secret" || :
    v nwfilter-binding-delete lo || :
    v nwfilter-undefine only-arp || :
} >/dev/null 2>&1

v () {
    "$BIN/virsh" -q "$@"
}

# with the lines that -q leaves out
say () {
    "$BIN/virsh" "$@" | sed '/^$/d'
}

@test "a secret's value comes back byte for byte" {
    [ "$(say secret-define s.xml)" = "Secret $secret created" ]
    printf 'a\0b\n' >value
    v secret-set-value "$secret" --file value --plain
    v secret-get-value "$secret" --plain >back
    cmp value back
    [ "$(v secret-get-value "$secret")" = YQBiCg== ]
    base64 value >encoded
    v secret-set-value "$secret" --file encoded
    v secret-get-value "$secret" --plain >back
    cmp value back
}

@test "a secret that is asked for is read from the input, and too long a file is refused" {
    v secret-define s.xml
    run --separate-stderr v secret-set-value "$secret" --interactive <<<hello
    [ "$status" -eq 0 ]
    [ "$(v secret-get-value "$secret" --plain)" = hello ]
    head -c 70000 /dev/zero >long
    run --separate-stderr v secret-set-value "$secret" --file long --plain
    [ "$status" -eq 1 ]
    [ "$(v secret-get-value "$secret" --plain)" = hello ]
}

@test "secrets in a list, a table and JSON" {
    v secret-define s.xml
    run v secret-list
    [[ "$output" == *"$secret   volume /a/b"* ]]
    run v secret-list --private
    [[ "$output" != *"$secret"* ]]
    run v --format json secret-list --ephemeral
    [ "$(echo "$output" | jq -r '.[0] | "\(.uuid) \(.usage_type) \(.usage_id)"')" = \
        "$secret volume /a/b" ]
}

@test "a secret on the command line works and is warned of; one without value says so" {
    v secret-define s.xml
    run --separate-stderr v secret-get-value "$secret"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"does not have a value"* ]]
    run --separate-stderr v secret-set-value "$secret" YWI=
    [ "$status" -eq 0 ]
    [ -n "$stderr" ]
    [ "$(v secret-get-value "$secret" --plain)" = ab ]
}

@test "a network filter is defined, edited, bound to a port and undefined" {
    [ "$(say nwfilter-define f.xml)" = "Network filter only-arp defined from f.xml" ]
    EDITOR="sed -i s/drop/accept/" run say nwfilter-edit only-arp
    [ "$output" = "Network filter only-arp XML configuration edited." ]
    [ "$(v nwfilter-dumpxml only-arp --xpath '//rule/@action')" = ' action="accept"' ]
    cat >b.xml <<'XML'
<filterbinding>
  <owner><name>vm</name><uuid>4d000000-0001-4000-8000-00000000000a</uuid></owner>
  <portdev name='lo'/><mac address='52:54:00:12:34:56'/><filterref filter='only-arp'/>
</filterbinding>
XML
    run v nwfilter-binding-create b.xml
    if [ "$status" -eq 0 ]; then
        run v nwfilter-binding-list
        [[ "$output" == *lo*only-arp* ]]
        [ "$(say nwfilter-binding-delete lo)" = "Network filter binding on lo deleted" ]
    fi
    [ "$(say nwfilter-undefine only-arp)" = "Network filter only-arp undefined" ]
}

@test "ports of a network come and go" {
    v net-list --name | grep -qx default
    cat >p.xml <<'XML'
<networkport>
  <uuid>4d000000-0003-4000-8000-000000000001</uuid>
  <owner><name>vm</name><uuid>4d000000-0001-4000-8000-00000000000a</uuid></owner>
  <mac address='52:54:00:12:34:56'/>
</networkport>
XML
    port=4d000000-0003-4000-8000-000000000001
    [ "$(say net-port-create default p.xml)" = "Network port $port created from p.xml" ]
    [ "$(v net-port-list default --uuid)" = "$port" ]
    v net-port-dumpxml default "$port" | grep -q 52:54:00:12:34:56
    [ "$(say net-port-delete default "$port")" = "Network port $port deleted" ]
    [ -z "$(v net-port-list default --uuid)" ]
}

@test "the tree of devices has each device once" {
    v nodedev-list | sort >names
    v nodedev-list --tree | sed -n 's/^.*+- //; /^[a-z]/p' | sort >tree
    cmp names tree
    [ "$(v --format json nodedev-list | jq -r '.[].name' | sort)" = "$(cat names)" ]
}

@test "events of a network and a secret are seen" {
    v secret-define s.xml
    (sleep 2; v secret-set-value "$secret" YQ==) >/dev/null 2>&1 &
    run v secret-event "$secret" value-changed --timeout 20
    [ "${lines[0]}" = "event 'value-changed' for secret $secret" ]
}
