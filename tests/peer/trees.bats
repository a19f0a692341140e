#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# install trees of a web server and of a directory, beside the machine's own virt-install

load common

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

setup () {
    need_peer virt-install
}

# for each tree of stdin, and further words behind it
install () {
    sed "s|^|--location $1/|" |
        same_lines virt-install --connect test:///default --print-xml --noautoconsole \
            --name tree --memory 4096 --disk none
}

@test "trees of a web server" {
    install "$web" <<'LINES'
fedora-36
fedora-later
fedora-rawhide --extra-args console=ttyS0
fedora-devel
centos-6.10 -x "ks=http://192.0.2.1/a.cfg ip=dhcp"
centos-stream-9
rhel-5.11
rhel-7
rhel-8.4 --graphics none --extra-args "console=ttyS0,115200n8 inst.text"
rhel-9.9
scientific-7.8
unknown --osinfo detect=on,require=off
unknown --osinfo fedora30
unknown --osinfo centos6.9
unknown --osinfo opensuse13.1
leap-15.3 --osinfo fedora30
debian/dists/buster/main/installer-amd64 --osinfo fedora30
leap-15.3
tumbleweed
sles-15.3
colons
dos
undotted
for-xen
debian/dists/buster/main/installer-amd64
debian/dists/buster/main/installer-i386/ --extra-args "auto=true url=http://192.0.2.1/preseed.cfg"
debian/dists/testing/main/installer-amd64
debian/dists/sid/main/installer-amd64 --osinfo debian11
debian/daily-images/amd64
ubuntu/dists/xenial/main/installer-amd64
ubuntu/dists/bionic/main/installer-amd64
ubuntu/dists/focal/main/installer-amd64
leap-42.3-x86_64
sles-12sp3
LINES
}

@test "trees of a directory" {
    install "$trees" <<'LINES'
fedora-36
rhel-8.4 --extra-args console=ttyS0
leap-15.3
sles-12sp3
debian/dists/buster/main/installer-amd64
ubuntu/dists/focal/main/installer-amd64
LINES
}

@test "what is no tree" {
    both_refuse virt-install --connect test:///default --print-xml --name tree \
        --memory 4096 --disk none --osinfo generic --location <<'LINES'
"$web/gone"
"$web/text"
"$web/page"
"$web/none-such"
"$web/bad/500"
"$web/bad/loop"
"$trees/none-such"
http://127.0.0.1:9/
LINES
}
