# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# what the suites with guests share

bats_require_minimum_version 1.5.0
export LIBVIRT_DEFAULT_URI=qemu:///system
GUEST=${BUILD:?}/guest
IMAGES=/var/lib/libvirt/images
export GUEST IMAGES

# need PROGRAM… : skips the test where one of the project's programs is not built
need () {
    local program
    for program in "$@"; do
        [ -x "${BIN:?}/$program" ] || skip "$program is not built"
    done
}

# need_installer: skips the test where virt-install is not built or only prints XML
need_installer () {
    need virt-install
    local said
    said=$("$BIN/virt-install" --connect test:///default --virt-type test --name probe \
        --memory 64 --disk none --import --osinfo generic --noautoconsole 2>&1) || :
    [[ "$said" != *"cannot install 'probe' yet"* ]] || skip "virt-install cannot install"
}

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
