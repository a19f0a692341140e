#!/usr/bin/env bats
# virtyard-net against libvirt's test driver

setup() {
    bats_require_minimum_version 1.5.0
    export LIBVIRT_DEFAULT_URI=test:///default
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
}

net() {
    "$BIN/virtyard-net" "$@"
}

@test "create: a free subnet and a free bridge are chosen and said" {
    run --separate-stderr net create lab --start --autostart
    [ "$status" -eq 0 ]
    [ "$output" = "Network 'lab' created: nat, 192.168.150.0/24, bridge ${output##*bridge }" ]
}

@test "create: --nat takes the subnet behind it" {
    run --separate-stderr net create lab --nat 10.99.0.0/24 --dhcp 10.99.0.10-10.99.0.20 \
        --domain lab.test --host web1=52:54:00:12:34:56,10.99.0.11 --print-xml
    [ "$status" -eq 0 ]
    [[ "$output" == *'<ip address="10.99.0.1" netmask="255.255.255.0">'* ]]
    [[ "$output" == *'<range start="10.99.0.10" end="10.99.0.20"/>'* ]]
    [[ "$output" == *'<host mac="52:54:00:12:34:56" name="web1" ip="10.99.0.11"/>'* ]]
    [[ "$output" == *'<domain name="lab.test" localOnly="yes"/>'* ]]
}

@test "create: a fixed lease alone says which subnet is meant" {
    run net create lab --host 52:54:00:12:34:56,10.98.7.11 --print-xml
    [[ "$output" == *'<ip address="10.98.7.1" netmask="255.255.255.0">'* ]]
}

@test "create: a clash names the network and a free subnet" {
    run --separate-stderr net create lab --nat 192.168.0.0/16
    [ "$status" -eq 4 ]
    [ -z "$output" ]
    [[ "$stderr" == *"clashes with network 'default'"*"192.168.150.0/24 is free"* ]]
}

@test "create: a name in use is status 4" {
    run net create default
    [ "$status" -eq 4 ]
}

@test "create: names that are paths, options or markup are refused" {
    for name in ../x 'a/b' '<x/>' $'a\nb' '.hidden' 'a b' 'x;y'; do
        run net create "$name"
        [ "$status" -eq 2 ]
    done
}

@test "create: --dry-run prints the steps" {
    run --separate-stderr net create lab --start --autostart --dry-run --format json
    [ "$status" -eq 0 ]
    [[ "$output" == *network-define*network-start*network-autostart* ]]
}

@test "create: two modes, and a bridge with a subnet, are usage errors" {
    run net create lab --nat --isolated
    [ "$status" -eq 2 ]
    run net create lab 10.0.0.0/24 --bridge br0
    [ "$status" -eq 2 ]
    [[ "$output" == *"has no subnet"* ]]
}

@test "list and info: values for people and for scripts" {
    run net list
    [[ "$output" == *default*active*nat*192.168.122.0/24*virbr0* ]]
    run net info default --format json
    [[ "$output" == *'"gateway": "192.168.122.1"'* ]]
    run net info nosuch
    [ "$status" -eq 3 ]
}

@test "delete: refused while a domain refers to it, and the domain is named" {
    run --separate-stderr net delete default
    [ "$status" -eq 5 ]
    [[ "$stderr" == *"network 'default' is used by domain 'test'"* ]]
    run net delete default --force
    [ "$status" -eq 0 ]
}
