#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# install trees: which system they are of, where their kernels lie, and servers that fail

bats_require_minimum_version 1.5.0

setup_file () {
    trees=$BATS_FILE_TMPDIR/trees
    "$BATS_TEST_DIRNAME/../rig/trees" "$trees"
    "$BATS_TEST_DIRNAME/../rig/bad-server" "$trees" >"$BATS_FILE_TMPDIR/port" \
        2>"$BATS_FILE_TMPDIR/log" 3>&- &
    echo $! >"$BATS_FILE_TMPDIR/pid"
    until [ -s "$BATS_FILE_TMPDIR/port" ]; do sleep 0.05; done
    web=http://127.0.0.1:$(cat "$BATS_FILE_TMPDIR/port")
    export trees web
}

teardown_file () {
    kill "$(cat "$BATS_FILE_TMPDIR/pid")"
}

# a host of one architecture, with KVM; or with Xen
host () {
    local type=hvm domain=kvm arch=$1
    [ "$1" != xen ] || { type=xen domain=xen arch=x86_64; }
    cat >"$BATS_TEST_TMPDIR/host.xml" <<XML
<capabilities><host><cpu><arch>$arch</arch></cpu></host>
<guest><os_type>$type</os_type><arch name='$arch'><wordsize>64</wordsize>
<emulator>/usr/bin/qemu</emulator><domain type='$domain'/></arch></guest></capabilities>
XML
    uri=qemu:///system kind=()
    [ "$1" != xen ] || uri=xen:/// kind=(--paravirt)
}

# install WORD…: what virt-install says of the tree
install () {
    VIRTYARD_PREDICTABLE=1 timeout 60 "$BIN/virt-install" --connect test:///default \
        --host-capabilities "$BATS_TEST_TMPDIR/host.xml" --host-uri "$uri" \
        --name tree --memory 4096 --disk none --osinfo detect=on,require=off "${kind[@]}" "$@"
}

# finds PLACE ARCH: "KERNEL INITRD OS ARGUMENTS", '-' for what is not there
finds () {
    local files xml
    host "$2"
    files=$(install --location "$1" --dry-run | sed -n "s/.*take '\([^']*\)' out of.*/\1/p")
    xml=$(install --location "$1" --print-xml 1)
    # shellcheck disable=SC2086 # a line of two words
    echo ${files:-- -} \
        "$(sed -n 's|.*libosinfo:os id="http://\([^"]*\)".*|\1|p' <<<"$xml" | grep . || echo -)" \
        "$(sed -n 's|.*<cmdline>\(.*\)</cmdline>|\1|p' <<<"$xml" | sed "s|$1|@|" | grep . || echo -)"
}

# for each line of stdin, "TREE ARCH EXPECTED…"
all_found () {
    local tree arch expected found failed=0
    while read -r tree arch expected; do
        case $tree in '' | '#'*) continue ;; esac
        found=$(finds "$1/$tree" "$arch")
        [ "$found" = "$expected" ] ||
            { printf '%s %s\n  is    %s\n  not   %s\n' "$tree" "$arch" "$found" "$expected"; failed=1; }
    done
    [ $failed = 0 ]
}

@test "a .treeinfo names the system and the files" {
    all_found "$web" <<'LINES'
fedora-36 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/36 inst.repo=@
fedora-36 xen images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/36 inst.repo=@
fedora-later x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/unknown inst.repo=@
fedora-rawhide x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/rawhide inst.repo=@
fedora-devel x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/unknown inst.repo=@
fedora-36-aarch64 aarch64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/36 inst.repo=@
centos-6.10 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img centos.org/centos/6.10 method=@
centos-6.10 i686 images/pxeboot/vmlinuz images/pxeboot/initrd.img centos.org/centos/6.10 method=@
centos-stream-9 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img centos.org/centos-stream/9 inst.repo=@
rhel-5.11 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img redhat.com/rhel/5.11 method=@
rhel-7 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img redhat.com/rhel/7.0 inst.repo=@
rhel-8.4 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img redhat.com/rhel/8.4 inst.repo=@
rhel-9.9 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img redhat.com/rhel/9-unknown inst.repo=@
rhel-8.4-s390x s390x images/kernel.img images/initrd.img redhat.com/rhel/8.4 inst.repo=@
rhel-8.4-ppc64le ppc64le ppc/ppc64/vmlinuz ppc/ppc64/initrd.img redhat.com/rhel/8.4 inst.repo=@
scientific-7.8 x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img centos.org/centos/7.0 inst.repo=@
unknown x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img - -
leap-15.3 x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd opensuse.org/opensuse/15.3 install=@
tumbleweed x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd opensuse.org/opensuse/tumbleweed install=@
sles-15.3 x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd suse.com/sle/15.3 install=@
colons x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/30 inst.repo=@
dos x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/30 inst.repo=@
undotted x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img centos.org/centos/7.0 inst.repo=@
for-xen x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/20 inst.repo=@
for-xen xen images/xen/vmlinuz images/xen/initrd.img fedoraproject.org/fedora/20 inst.repo=@
LINES
}

@test "Debian and Ubuntu keep installers for each architecture apart" {
    all_found "$web" <<'LINES'
debian/dists/buster/main/installer-amd64 x86_64 current/images/netboot/debian-installer/amd64/linux current/images/netboot/debian-installer/amd64/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-amd64/ i686 current/images/netboot/debian-installer/amd64/linux current/images/netboot/debian-installer/amd64/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-amd64 xen current/images/netboot/xen/vmlinuz current/images/netboot/xen/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-i386 i686 current/images/netboot/debian-installer/i386/linux current/images/netboot/debian-installer/i386/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-arm64 aarch64 current/images/netboot/debian-installer/arm64/linux current/images/netboot/debian-installer/arm64/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-armhf armv7l current/images/netboot/debian-installer/armhf/linux current/images/netboot/debian-installer/armhf/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-ppc64el ppc64le current/images/netboot/debian-installer/ppc64el/vmlinux current/images/netboot/debian-installer/ppc64el/initrd.gz debian.org/debian/10 -
debian/dists/buster/main/installer-s390x s390x current/images/generic/kernel.debian current/images/generic/initrd.debian debian.org/debian/10 -
debian/dists/testing/main/installer-amd64 x86_64 current/images/netboot/debian-installer/amd64/linux current/images/netboot/debian-installer/amd64/initrd.gz debian.org/debian/testing -
debian/dists/sid/main/installer-amd64 x86_64 current/images/netboot/debian-installer/amd64/linux current/images/netboot/debian-installer/amd64/initrd.gz - -
debian/daily-images/amd64 x86_64 daily/netboot/debian-installer/amd64/linux daily/netboot/debian-installer/amd64/initrd.gz debian.org/debian/testing -
ubuntu/dists/xenial/main/installer-amd64 x86_64 current/images/netboot/ubuntu-installer/amd64/linux current/images/netboot/ubuntu-installer/amd64/initrd.gz ubuntu.com/ubuntu/16.04 -
ubuntu/dists/bionic/main/installer-amd64 x86_64 current/images/netboot/ubuntu-installer/amd64/linux current/images/netboot/ubuntu-installer/amd64/initrd.gz ubuntu.com/ubuntu/18.04 -
ubuntu/dists/bionic/main/installer-ppc64el ppc64le current/images/netboot/ubuntu-installer/ppc64el/vmlinux current/images/netboot/ubuntu-installer/ppc64el/initrd.gz ubuntu.com/ubuntu/18.04 -
ubuntu/dists/bionic/main/installer-s390x s390x current/images/generic/kernel.ubuntu current/images/generic/initrd.ubuntu ubuntu.com/ubuntu/18.04 -
ubuntu/dists/focal/main/installer-amd64 x86_64 current/legacy-images/netboot/ubuntu-installer/amd64/linux current/legacy-images/netboot/ubuntu-installer/amd64/initrd.gz ubuntu.com/ubuntu/20.04 -
jessie-amd64 x86_64 install/netboot/debian-installer/amd64/linux install/netboot/debian-installer/amd64/initrd.gz debian.org/debian/8 -
focal x86_64 casper/vmlinuz casper/initrd ubuntu.com/ubuntu/20.04 -
LINES
}

@test "SUSE, Mageia, ALT and trees without a name" {
    all_found "$web" <<'LINES'
leap-42.3-x86_64 x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd opensuse.org/opensuse/42.3 install=@
leap-42.3-x86_64 xen boot/x86_64/vmlinuz-xen boot/x86_64/initrd-xen opensuse.org/opensuse/42.3 install=@
leap-42.3-aarch64 aarch64 boot/aarch64/loader/linux boot/aarch64/loader/initrd opensuse.org/opensuse/42.3 install=@
leap-42.3-ppc64le ppc64le boot/ppc64le/loader/linux boot/ppc64le/loader/initrd opensuse.org/opensuse/42.3 install=@
leap-42.3-s390x s390x boot/s390x/loader/linux boot/s390x/loader/initrd opensuse.org/opensuse/42.3 install=@
sles-12sp3 x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd suse.com/sles/12.3 install=@
sles-11sp4 x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd suse.com/sles/11.4 install=@
sles-11sp4-s390x s390x boot/s390x/vmrdr.ikr boot/s390x/initrd suse.com/sles/11.4 install=@
mageia-8 x86_64 isolinux/x86_64/vmlinuz isolinux/x86_64/all.rdz mageia.org/mageia/8 -
alt-9.1 x86_64 syslinux/alt0/vmlinuz syslinux/alt0/full.cz altlinux.org/alt/9.1 -
nameless x86_64 images/pxeboot/vmlinuz images/pxeboot/initrd.img - -
LINES
}

@test "a directory is a tree like one of a server" {
    all_found "$trees" <<'LINES'
fedora-36-aarch64 aarch64 images/pxeboot/vmlinuz images/pxeboot/initrd.img fedoraproject.org/fedora/36 -
sles-15.3 x86_64 boot/x86_64/loader/linux boot/x86_64/loader/initrd suse.com/sle/15.3 -
jessie-amd64 x86_64 install/netboot/debian-installer/amd64/linux install/netboot/debian-installer/amd64/initrd.gz debian.org/debian/8 -
leap-42.3-s390x s390x boot/s390x/loader/linux boot/s390x/loader/initrd opensuse.org/opensuse/42.3 -
mageia-8 x86_64 isolinux/x86_64/vmlinuz isolinux/x86_64/all.rdz mageia.org/mageia/8 -
alt-9.1 x86_64 syslinux/alt0/vmlinuz syslinux/alt0/full.cz altlinux.org/alt/9.1 -
LINES
}

# fails_with PATTERN PLACE [SECONDS]: one error, and perhaps what to do, in that time
fails_with () {
    local start=$SECONDS result=0 said
    host x86_64
    said=$(install --location "$2" --print-xml 2>&1) || result=$?
    [ $result -eq 1 ] || { echo "$2: status $result, $said"; return 1; }
    [[ $said == *$1* ]] || { echo "$2: $said"; return 1; }
    [ "$(wc -l <<<"$said")" -le 2 ] || { echo "$2: $said"; return 1; }
    [ $((SECONDS - start)) -lt "${3:-10}" ] || { echo "$2: $((SECONDS - start)) s"; return 1; }
}

@test "what is no tree is an error that names it" {
    fails_with 'cannot find kernel and initrd' "$web/gone"
    fails_with 'cannot find kernel and initrd' "$web/text"
    fails_with 'cannot find kernel and initrd' "$web/page"
    fails_with 'cannot find kernel and initrd' "$web/none-such"
    fails_with 'cannot find kernel and initrd' "$web/bad/huge"
    fails_with 'there is no' "$trees/none-such"
}

@test "a server that fails is one error that names it" {
    fails_with 'http://127.0.0.1:9' http://127.0.0.1:9/tree
    fails_with '500' "$web/bad/500"
    fails_with '403' "$web/bad/403"
    fails_with 'redirects' "$web/bad/loop"
    fails_with "$web/bad/close" "$web/bad/close"
    fails_with "$web/bad/garbage" "$web/bad/garbage"
    fails_with 'no-such-host.invalid' http://no-such-host.invalid/tree
}

@test "a server that is silent or drips is given up" {
    fails_with "$web/bad/silent" "$web/bad/silent" 40 &
    local silent=$!
    fails_with "$web/bad/drip" "$web/bad/drip" 40
    wait $silent
}

@test "a server that redirects, or gives files only, is a tree all the same" {
    all_found "$web/bad/moved" <<'LINES'
mageia-8 x86_64 isolinux/x86_64/vmlinuz isolinux/x86_64/all.rdz mageia.org/mageia/8 -
LINES
    all_found "$web/bad/headless" <<'LINES'
mageia-8 x86_64 isolinux/x86_64/vmlinuz isolinux/x86_64/all.rdz mageia.org/mageia/8 -
LINES
    all_found "$web/bad/jealous" <<'LINES'
mageia-8 x86_64 isolinux/x86_64/vmlinuz isolinux/x86_64/all.rdz mageia.org/mageia/8 -
LINES
}
