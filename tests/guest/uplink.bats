#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# a bridge out of the host's card, with the programs that set up cards on real hosts

load common

setup () {
    # without a writable /sys the managers know that no udev will tell of cards
    mount -o remount,ro,bind /sys
    mkdir -p /run/dbus
    children=()
}

teardown () {
    virsh -q net-destroy prod 2>/dev/null || :
    virsh -q net-undefine prod 2>/dev/null || :
    for child in "${children[@]}"; do
        kill "$child" 2>/dev/null || :
    done
    [ ! -e /run/dbus/pid ] || kill "$(cat /run/dbus/pid)"
    rm -rf /run/dbus
    ip link delete br7 2>/dev/null || :
    ip link delete nic7 2>/dev/null || :
    mount -o remount,rw,bind /sys
}

has_own_net () {
    [ "$(readlink "/proc/$1/ns/net")" != "$(readlink /proc/self/ns/net)" ]
}

# card: the card nic7, whose gateway 10.7.7.1 lies in a namespace of its own
card () {
    unshare --net sleep 600 3>&- &
    peer=$!
    children+=("$peer")
    until_true 5 has_own_net "$peer"
    ip link add nic7 type veth peer name peer7 netns "$peer"
    nsenter -n -t "$peer" ip addr add 10.7.7.1/24 dev peer7
    nsenter -n -t "$peer" ip link set peer7 up
}

needs_program () {
    command -v "$1" >/dev/null || skip "$1 is not installed: it comes with the package $2"
}

is_at () { # is_at DEVICE: whether the address and the routes are there
    ip -4 -o addr show dev "$1" 2>/dev/null | grep -q 'inet 10.7.7.2/24' &&
        ip route show default | grep -q "via 10.7.7.1 dev $1"
}

# moves_and_returns: to the bridge; and where a later step fails, all is as before
moves_and_returns () {
    before=$(ip -4 -o addr; ip route)
    # the define fails: the daemon's directory takes no new file
    mount -t tmpfs -o ro none /etc/libvirt/qemu/networks
    run --separate-stderr "$BIN/virtyard-net" create prod --bridge br7 --uplink nic7 --start
    umount /etc/libvirt/qemu/networks
    echo "$stderr"
    [ "$status" -eq 1 ]
    until_true 20 is_at nic7
    # interfaces have new numbers, and nothing else has changed
    [ "$(ip -4 -o addr | wc -l)" -eq "$(grep -c inet <<<"$before")" ]
    ! ip link show br7
    run --separate-stderr "$BIN/virtyard-net" create prod --bridge br7 --uplink nic7 --start
    echo "$stderr"
    [ "$status" -eq 0 ]
    is_at br7
    ip link show dev nic7 | grep -q 'master br7'
    [ -z "$(ip -4 -o addr show dev nic7)" ]
}

@test "NetworkManager: its connections make the bridge" {
    needs_program NetworkManager network-manager
    needs_program dbus-daemon dbus
    card
    mount -t tmpfs tmpfs /etc/NetworkManager
    mount -t tmpfs tmpfs /var/lib/NetworkManager
    mkdir -p /run/NetworkManager /etc/NetworkManager/{system-connections,conf.d}
    printf '[main]\nplugins=keyfile\ndns=none\n' >/etc/NetworkManager/NetworkManager.conf
    printf '[keyfile]\nunmanaged-devices=interface-name:virbr*\n' \
        >>/etc/NetworkManager/NetworkManager.conf
    dbus-daemon --system --fork 3>&-
    NetworkManager --no-daemon >/run/manager.log 2>&1 3>&- &
    children+=("$!")
    until_true 10 nmcli general
    nmcli connection add type ethernet con-name wired ifname nic7 ipv6.method disabled \
        ipv4.method manual ipv4.addresses 10.7.7.2/24 ipv4.gateway 10.7.7.1
    nmcli connection up wired
    until_true 10 is_at nic7
    moves_and_returns
    [ "$(nmcli -g GENERAL.CONNECTION device show br7)" = br7 ]
}

@test "systemd-networkd: files and a reload make the bridge" {
    [ -x /lib/systemd/systemd-networkd ] || skip "systemd-networkd is not installed"
    needs_program dbus-daemon dbus
    card
    mount -t tmpfs tmpfs /etc/systemd/network
    mkdir -p /run/systemd/netif
    chown systemd-network /run/systemd/netif
    printf '[Match]\nName=nic7\n\n[Network]\nAddress=10.7.7.2/24\nGateway=10.7.7.1\n' \
        >/etc/systemd/network/20-wired.network
    printf 'IPv6AcceptRA=no\nLinkLocalAddressing=no\n' >>/etc/systemd/network/20-wired.network
    dbus-daemon --system --fork 3>&-
    /lib/systemd/systemd-networkd >/run/manager.log 2>&1 3>&- &
    children+=("$!")
    until_true 10 is_at nic7
    moves_and_returns
}

@test "ifupdown: its file makes the bridge" {
    needs_program ifup ifupdown
    card
    mount -t tmpfs tmpfs /etc/network
    mkdir -p /run/network /etc/network/if-{pre-up,up,down,post-down}.d
    printf 'auto nic7\niface nic7 inet static\n    address 10.7.7.2/24\n' \
        >/etc/network/interfaces
    printf '    gateway 10.7.7.1\n' >>/etc/network/interfaces
    ifup nic7
    until_true 10 is_at nic7
    moves_and_returns
}
