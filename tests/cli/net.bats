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

@test "bridge with uplink: files of ifupdown below another root" {
    root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root/etc/network/interfaces.d"
    echo 'source /etc/network/interfaces.d/*' >"$root/etc/network/interfaces"
    printf 'auto eth7\niface eth7 inet dhcp\n' >"$root/etc/network/interfaces.d/eth7"
    run net create prod --bridge br7 --uplink eth7 --root "$root"
    [ "$status" -eq 0 ]
    grep -q 'iface br7 inet dhcp' "$root/etc/network/interfaces.d/eth7"
    grep -q 'iface eth7 inet manual' "$root/etc/network/interfaces.d/eth7"
}

@test "bridge with uplink: files of systemd-networkd below another root" {
    root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root/etc/systemd/network"
    printf '[Match]\nName=en* eth*\n\n[Network]\nDHCP=yes\n' \
        >"$root/etc/systemd/network/20-wired.network"
    run net create prod --bridge br7 --uplink eth7 --root "$root"
    [ "$status" -eq 0 ]
    cd "$root/etc/systemd/network"
    grep -q 'Kind=bridge' 05-br7.netdev
    grep -q 'DHCP=yes' 05-br7.network
    grep -q 'Name=br7' 05-br7.network
    grep -q 'Bridge=br7' 05-br7-port.network
    [ "$(wc -l <20-wired.network)" = 5 ]
}

@test "bridge with uplink: an unknown card, and nobody who sets it up" {
    run net create prod --bridge br7 --uplink nosuch7
    [ "$status" -eq 3 ]
    run net create prod --bridge br7 --uplink eth7 --root "$BATS_TEST_TMPDIR"
    [ "$status" -eq 1 ]
    [[ "$output" == *"neither NetworkManager, systemd-networkd nor ifupdown"* ]]
    run net create prod --nat --uplink eth7
    [ "$status" -eq 2 ]
}

@test "net-define: what words cannot say is named, with the nearest net create" {
    run --separate-stderr -1 "$BIN/virsh" net-define lab1 --forward mode userdata
    [[ "$stderr" == *"'userdata' is no valid value of --forward: valid are nat, "* ]]
    [[ "$stderr" == *"virsh: the nearest is: virtyard net create lab1"* ]]
    run --separate-stderr -1 "$BIN/virsh" net-define lab1 --controller ovn
    [[ "$stderr" == *"'--controller' is not known here: valid are --forward, "* ]]
    [[ "$stderr" == *"the nearest is: virtyard net create lab1"* ]]
    # beside a file it is an option of virsh's that is wrong
    run --separate-stderr -1 "$BIN/virsh" net-define ./net.xml --controller
    [[ "$stderr" == *"net-define"*"--controller"* ]]
    [[ "$stderr" != *nearest* ]]
}
