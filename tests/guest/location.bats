#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# guests are installed from trees: a web server's, a directory, with files put into the initrd

load common

setup_file () {
    (cd "$GUEST/tree" && exec python3 -m http.server 8080 --bind 127.0.0.1) \
        >"$BATS_FILE_TMPDIR/http.log" 2>&1 3>&- &
    echo $! >"$BATS_FILE_TMPDIR/http.pid"
    until_true 20 listens 8080
}

teardown_file () {
    [ ! -e "$BATS_FILE_TMPDIR/http.pid" ] || kill "$(cat "$BATS_FILE_TMPDIR/http.pid")"
}

teardown () {
    virsh destroy "guest$BATS_TEST_NUMBER" || :
    virsh undefine --remove-all-storage "guest$BATS_TEST_NUMBER" || :
} >/dev/null 2>&1

install () {
    "$BIN/virt-install" --virt-type qemu --name "guest$BATS_TEST_NUMBER" --memory 384 \
        --graphics none --network network=default \
        --serial file,path="$(console)" --noautoconsole \
        --xml ./devices/serial/source/@append=on "$@"
}

console () { echo "/var/log/libvirt/guest$BATS_TEST_NUMBER.log"; }

says () { until_true 150 grep -aq "$1" "$(console)"; }

listens () { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# everything but the domain, its disk and its console
leftovers () { inventory | grep -v "guest$BATS_TEST_NUMBER"; }

@test "a tree of a web server is installed, and boots from the disk" {
    leftovers >"$BATS_TEST_TMPDIR/before"
    install --disk size=1 --location http://127.0.0.1:8080 --extra-args console=ttyS0 --wait
    says GUEST-UP
    grep -a INSTALL-BEGIN "$(console)" | grep -q 'console=ttyS0 inst.repo=http://127.0.0.1:8080'
    virsh dumpxml "guest$BATS_TEST_NUMBER" | grep -q 'centos-stream/8'
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
}

@test "what a web server does not have leaves nothing behind" {
    inventory >"$BATS_TEST_TMPDIR/before"
    run install --disk size=1 --location http://127.0.0.1:8080/nowhere --osinfo generic
    [ "$status" -ne 0 ]
    [[ "$output" == *"http://127.0.0.1:8080/nowhere"* ]]
    run install --disk size=1 --osinfo generic \
        --location http://127.0.0.1:8080,kernel=images/none,initrd=images/none
    [ "$status" -ne 0 ]
    [[ "$output" == *404* ]]
    inventory | diff "$BATS_TEST_TMPDIR/before" -
}

@test "a server that refuses or is silent is an error that says so" {
    inventory >"$BATS_TEST_TMPDIR/before"
    run install --disk size=1 --location http://127.0.0.1:9 --osinfo generic
    [ "$status" -ne 0 ]
    [[ "$output" == *"http://127.0.0.1:9"* ]]
    # packets to this address go nowhere
    ip addr add 198.51.100.1/24 dev lo
    run timeout 90 "$BIN/virt-install" --virt-type qemu --name silent --memory 64 \
        --disk size=1 --location http://198.51.100.7/ --osinfo generic --noautoconsole
    ip addr del 198.51.100.1/24 dev lo
    [ "$status" -ne 0 ]
    [ "$status" -ne 124 ]
    inventory | diff "$BATS_TEST_TMPDIR/before" -
}

@test "a download that breaks off is undone" {
    (cd "$GUEST/tree" && exec python3 - <<'PY') 3>&- &
import http.server

class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if not self.path.endswith("initrd.img"):
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self.wfile.write(b"x" * 1000)

http.server.HTTPServer(("127.0.0.1", 8081), Handler).serve_forever()
PY
    local server=$!
    until_true 20 listens 8081
    inventory >"$BATS_TEST_TMPDIR/before"
    run install --disk size=1 --location http://127.0.0.1:8081
    kill $server
    [ "$status" -ne 0 ]
    [[ "$output" == *initrd.img* ]]
    inventory | diff "$BATS_TEST_TMPDIR/before" -
}

@test "files are put into the initrd of a directory's tree" {
    printf 'lang en_GB\n' >"$BATS_TEST_TMPDIR/answers.ks"
    install --disk size=1 --location "$GUEST/tree" --initrd-inject "$BATS_TEST_TMPDIR/answers.ks" \
        --extra-args 'console=ttyS0 inst.ks=file:/answers.ks' --wait 5 --noreboot
    grep -a INSTALL-BEGIN "$(console)" | grep -q 'console=ttyS0 inst.ks=file:/answers.ks'
    grep -aq 'INSTALL-FILE file=/answers.ks' "$(console)"
    grep -aq 'lang en_GB' "$(console)"
    grep -aq INSTALL-END "$(console)"
    [ "$(virsh domstate "guest$BATS_TEST_NUMBER")" = 'shut off' ]
}

@test "--unattended puts the answers into the initrd, and keeps them to itself" {
    run install --disk size=1 --location "$GUEST/tree" --unattended profile=none-such
    [ "$status" -ne 0 ]
    [[ "$output" == *jeos* ]]
    printf 'top-secret-4711\n' >"$BATS_TEST_TMPDIR/password"
    leftovers >"$BATS_TEST_TMPDIR/before"
    install --disk size=1 --location "$GUEST/tree" --extra-args console=ttyS0 --wait 5 \
        --noreboot --unattended profile=jeos,user-login=kim,admin-password-file="$BATS_TEST_TMPDIR/password"
    grep -a INSTALL-BEGIN "$(console)" | grep -q 'ks=.*/.*\.ks'
    grep -aq 'INSTALL-FILE file=/.*\.ks' "$(console)"
    grep -aq top-secret-4711 "$(console)"
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
}

@test "--unattended with --cdrom puts the answers on an image that the installer can read" {
    printf 'top-secret-4712\n' >"$BATS_TEST_TMPDIR/password"
    leftovers >"$BATS_TEST_TMPDIR/before"
    cp "$GUEST/install.iso" "$IMAGES/guest$BATS_TEST_NUMBER.iso"
    install --disk size=1 --cdrom "$IMAGES/guest$BATS_TEST_NUMBER.iso" --wait 5 --noreboot \
        --unattended profile=jeos,user-login=kim,admin-password-file="$BATS_TEST_TMPDIR/password"
    grep -aq 'INSTALL-MEDIA device=/dev/sr' "$(console)"
    grep -aq 'INSTALL-ANSWERS device=/dev/sr1 file=.*\.ks' "$(console)"
    grep -aq top-secret-4712 "$(console)"
    grep -aq INSTALL-END "$(console)"
    # its image is gone, with the password in it
    run virsh domblklist "guest$BATS_TEST_NUMBER"
    [[ "$output" != *unattended* ]]
    rm "$IMAGES/guest$BATS_TEST_NUMBER.iso"
    leftovers | diff "$BATS_TEST_TMPDIR/before" -
}
