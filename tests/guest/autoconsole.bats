#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# what virt-install shows of a guest, and how long it stays

load common

setup () { cp "$GUEST/disk.qcow2" "$IMAGES/$(guest).qcow2"; }

teardown () {
    virsh destroy "$(guest)" || :
    virsh undefine --remove-all-storage "$(guest)" || :
} >/dev/null 2>&1

is_running () { [ "$(virsh domstate "$(guest)" 2>/dev/null)" = running ]; }

guest () { echo "shown$BATS_TEST_NUMBER"; }

# import OPTION…: a guest that has its system already
import () {
    "$BIN/virt-install" --virt-type qemu --name "$(guest)" --memory 256 --network none \
        --osinfo centos-stream8 --import --disk "$IMAGES/$(guest).qcow2" "$@"
}

# on_terminal WORD CMD…: runs CMD on a terminal of its own, types ^] when it reads WORD
on_terminal () {
    python3 - "$@" 3>&- <<'PY'
import os, pty, sys

word = sys.argv[1].encode()
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
seen = b""
typed = False
while True:
    try:
        piece = os.read(fd, 4096)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    if not typed and word in seen:
        typed = True
        os.write(fd, b"\x1d")
sys.stdout.write(seen.decode(errors="replace"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
}

@test "without graphics the terminal is the guest's console until it is left" {
    run timeout 150 bash -c "$(declare -f on_terminal)
        on_terminal GUEST-UP $BIN/virt-install --virt-type qemu --name $(guest) --memory 256 \
            --network none --osinfo centos-stream8 --import \
            --disk $IMAGES/$(guest).qcow2 --graphics none"
    [ "$status" -eq 0 ]
    [[ "$output" == *"Connected to domain '$(guest)'"* ]]
    [[ "$output" == *GUEST-UP* ]]
    [ "$(virsh domstate "$(guest)")" = running ]
}

@test "the console is left when the installer ends" {
    rm "$IMAGES/$(guest).qcow2"
    run timeout 200 bash -c "$(declare -f on_terminal)
        on_terminal never-said $BIN/virt-install --virt-type qemu --name $(guest) --memory 384 \
            --network none --disk size=1 --graphics none --location $GUEST/tree \
            --extra-args console=ttyS0 --noreboot"
    [ "$status" -eq 0 ]
    [[ "$output" == *INSTALL-END* ]]
    [[ "$output" == *"Domain '$(guest)' installed"* ]]
    [ "$(virsh domstate "$(guest)")" = 'shut off' ]
}

@test "without a terminal it says so" {
    run import --graphics none </dev/null
    [ "$status" -eq 0 ]
    [[ "$output" == *"no terminal"* ]]
}

@test "graphics start virt-viewer, which is waited for" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\nsleep 1\necho "viewer $*" >"%s"\n' "$BATS_TEST_TMPDIR/said" \
        >"$BATS_TEST_TMPDIR/bin/virt-viewer"
    chmod +x "$BATS_TEST_TMPDIR/bin/virt-viewer"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH DISPLAY=:9 import --graphics vnc
    grep -q -- "--connect qemu:///system --wait $(guest)" "$BATS_TEST_TMPDIR/said"
}

@test "graphics without a display are remarked upon" {
    run env -u DISPLAY "$BIN/virt-install" --virt-type qemu --name "$(guest)" --memory 256 \
        --network none --osinfo centos-stream8 --import \
        --disk "$IMAGES/$(guest).qcow2" --graphics vnc
    [ "$status" -eq 0 ]
    [[ "$output" == *"no display"* ]]
}

@test "--wait ends with an error when its time is over" {
    run import --graphics none --noautoconsole --wait 2s
    [ "$status" -eq 1 ]
    [ "$(virsh domstate "$(guest)")" = running ]
}

@test "a guest that is stopped by hand is not started again" {
    rm "$IMAGES/$(guest).qcow2"
    "$BIN/virt-install" --virt-type qemu --name "$(guest)" --memory 384 --network none \
        --disk size=1 --graphics none --location "$GUEST/tree" --noautoconsole --wait \
        >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    local job=$!
    until_true 60 is_running
    virsh destroy "$(guest)"
    wait $job
    grep -q 'not started again' "$BATS_TEST_TMPDIR/said"
    [ "$(virsh domstate "$(guest)")" = 'shut off' ]
}
