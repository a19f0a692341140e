#!/usr/bin/env bats
# virtyard-wait and virtyard-ip against libvirt's test driver

setup() {
    bats_require_minimum_version 1.5.0
    export LIBVIRT_DEFAULT_URI=test:///default
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
}

@test "wait: a state that is there already" {
    run --separate-stderr "$BIN/virtyard-wait" test running
    [ "$status" -eq 0 ]
    [ "$output" = "Domain 'test': running (libvirt)" ]
    run "$BIN/virtyard-wait" test status=running --format json
    [[ "$output" == *'"source": "libvirt"'* ]]
}

@test "wait: status 7 when the time is over" {
    run --separate-stderr "$BIN/virtyard-wait" test shutdown --timeout 2s
    [ "$status" -eq 7 ]
    [ -z "$output" ]
    [[ "$stderr" == *"--timeout"*"'test'"*"'shutdown'"* ]]
}

@test "wait: an unknown condition, state or domain" {
    run "$BIN/virtyard-wait" test nonsense
    [ "$status" -eq 2 ]
    [[ "$output" == *"valid are ip, ipv4"*", status=STATE"* ]]
    run "$BIN/virtyard-wait" test status=sleepy
    [ "$status" -eq 2 ]
    run "$BIN/virtyard-wait" nosuch ip --timeout 5s
    [ "$status" -eq 3 ]
}

@test "wait: a domain that is gone fulfils deleted" {
    run "$BIN/virtyard-wait" nosuch deleted --timeout 5s
    [ "$status" -eq 0 ]
}

@test "ip: no address is status 3, and says how to wait for one" {
    run --separate-stderr "$BIN/virtyard-ip" test --ipv6
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" == *"has no known address"*"virtyard wait test ip"* ]]
}

@test "ip: the address alone for scripts, all with their sources for people" {
    run --separate-stderr "$BIN/virtyard-ip" test
    [ "$status" -eq 0 ]
    [ "$output" = 192.168.122.3 ]
    run --separate-stderr "$BIN/virtyard-ip" test --cidr
    [ "$output" = 192.168.122.3/24 ]
    run --separate-stderr "$BIN/virtyard-ip" test --format json
    [[ "$output" == *'"source": "lease+agent+arp"'* ]]
}

@test "wait: an address says who knows it" {
    run --separate-stderr "$BIN/virtyard-wait" test ipv4 --timeout 5s
    [ "$status" -eq 0 ]
    [ "$output" = "Domain 'test': ipv4 192.168.122.3 (lease+arp)" ]
}
