# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# what the suites with guests share

bats_require_minimum_version 1.5.0
export LIBVIRT_DEFAULT_URI=qemu:///system
GUEST=${BUILD:?}/guest
IMAGES=/var/lib/libvirt/images
export GUEST IMAGES

# until_true SECONDS CMD… : repeats a command until it succeeds
until_true () {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $deadline ] || { echo "timed out: $*"; return 1; }
        sleep 0.5
    done
}

# inventory: everything that a command could leave on the host, a line each
inventory () {
    virsh list --all --name | sed '/^$/d; s/^/domain /'
    virsh net-list --all --name | sed '/^$/d; s/^/network /'
    virsh pool-list --all --name | sed '/^$/d; s/^/pool /'
    find /etc/libvirt /var/lib/libvirt -type f ! -name '*.pid' ! -name '*.status' \
        ! -path '*/dnsmasq/*' ! -path '*/qemu/domain-*' ! -path '*/qemu/channel/*' |
        sed 's/^/file /' | sort
}
