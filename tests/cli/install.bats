#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virt-install without a hypervisor: what it prints, what it refuses, what it leaves alone

install () {
    "$BIN/virt-install" --connect test:///default --memory 64 --osinfo generic "$@"
}

@test "a guest that boots an installer has two documents" {
    run install --name a --disk none --pxe --print-xml
    [ "$status" -eq 0 ]
    [ "$(grep -c '^<domain' <<<"$output")" -eq 2 ]
    [ "$(grep -c '<on_reboot>destroy' <<<"$output")" -eq 1 ]
}

@test "an imported guest has one document, and no second step" {
    run install --name a --disk none --import --print-xml
    [ "$(grep -c '^<domain' <<<"$output")" -eq 1 ]
    run install --name a --disk none --import --print-xml 2
    [ "$status" -ne 0 ]
}

@test "a dry run prints steps" {
    run install --name a --disk none --import --dry-run
    [ "$status" -eq 0 ]
    [[ "$output" == *domain-define* ]]
}

@test "a name in use is refused" {
    run install --name test --disk none --import
    [ "$status" -ne 0 ]
    [[ "$output" == *"'test'"* ]]
}

@test "a name that no domain can have is refused" {
    for name in ' ' a/b $'a\nb'; do
        run install --name "$name" --disk none --import
        [ "$status" -eq 1 ]
        [[ "$output" == *"cannot be the name of a domain"* ]]
    done
}

@test "a topology that does not fit the number of CPUs is refused" {
    run install --name a --disk none --import --vcpus 5,sockets=2,cores=2,threads=1
    [ "$status" -ne 0 ]
}

@test "graphics none leaves no graphics behind" {
    run install --name a --disk none --import --graphics none --print-xml
    [[ "$output" != *"<graphics"* ]]
}

@test "a controller without a type is kept, the number of root ports is none" {
    install --name a --disk none --import --print-xml --controller index=3 |
        grep -qF '<controller index="3"/>'
    run install --name a --disk none --import --print-xml --controller num_pcie_root_ports=2
    [ "$status" -eq 0 ]
    [[ "$output" != *'<controller/>'* ]]
}

@test "a virtual machine whose system nobody knows is refused, unless that is wanted" {
    local line=("$BIN/virt-install" --connect test:///default --memory 64 --name a --disk none)
    run "${line[@]}" --import --print-xml
    [ "$status" -ne 0 ]
    [[ "$output" == *--osinfo* ]]
    "${line[@]}" --import --osinfo detect=on,require=off --print-xml
    VIRTINSTALL_OSINFO_DISABLE_REQUIRE=1 "${line[@]}" --import --print-xml
}

@test "a live CD has no installation" {
    run install --name a --disk none --livecd --cdrom "$BATS_TEST_FILENAME" --print-xml
    [ "$(grep -c '^<domain' <<<"$output")" -eq 1 ]
    [[ "$output" == *install.bats* ]]
}

@test "--reinstall takes a domain that is off, and leaves its devices alone" {
    run install --reinstall test --pxe --print-xml
    [ "$status" -ne 0 ] # it runs
    [[ "$output" == *running* ]]
    run install --reinstall none-such --pxe --print-xml
    [ "$status" -ne 0 ]
}

@test "--unattended wants a tree or a CD-ROM, and a user who is not root" {
    run install --name a --disk none --import --unattended --print-xml
    [ "$status" -ne 0 ]
    run install --name a --disk none --cdrom "$BATS_TEST_FILENAME" --osinfo fedora36 \
        --unattended user-login=root --print-xml
    [ "$status" -ne 0 ]
    [[ "$output" == *root* ]]
}

@test "--wait takes minutes and durations, and nothing else" {
    local time
    for time in soon 5x -x; do
        run install --name a --disk none --import --wait=$time --dry-run
        [ "$status" -ne 0 ]
    done
    install --name a --disk none --import --wait=90s --dry-run
    install --name a --disk none --import --wait=-1 --dry-run
}

@test "a server that is not there is an error before anything is made" {
    run install --name a --disk none --location http://127.0.0.1:9/ --dry-run
    [ "$status" -ne 0 ]
    [[ "$output" == *127.0.0.1:9* ]]
}

@test "--format json says what was made" {
    run --separate-stderr install --name made --disk none --import --noautoconsole --format json
    [ "$status" -eq 0 ]
    python3 -c 'import json, sys
made = json.load(sys.stdin)
assert made["name"] == "made" and made["running"] and made["volumes"] == []' <<<"$output"
}

@test "--install NAME: the system's own tree, and words that do not go with it" {
    run "$BIN/virt-install" --connect test:///default --install winxp --disk none \
        --memory 64 --print-xml
    [ "$status" -eq 1 ]
    [[ "$output" == *"Windows XP"*"--location"* ]]
    run "$BIN/virt-install" --connect test:///default --install nosuchsystem --disk none \
        --memory 64 --print-xml
    [ "$status" -eq 1 ]
    [[ "$output" == *nosuchsystem* ]]
    run "$BIN/virt-install" --connect test:///default --install fedora29 --disk none \
        --memory 64 --location /nosuch --print-xml
    [ "$status" -ne 0 ]
    [[ "$output" == *--install*--location* ]]
}

@test "SMBIOS data needs no kind to be said" {
    run "$BIN/virt-install" --connect test:///default --name web --memory 64 --disk none \
        --osinfo generic --import --sysinfo system.serial=12 --print-xml
    [ "$status" -eq 0 ]
    [[ "$output" == *'<sysinfo type="smbios">'* ]]
    [[ "$output" == *'<smbios mode="sysinfo"/>'* ]]
}

@test "VIRTYARD_PREDICTABLE makes the same document each time" {
    local first
    guest () {
        "$BIN/virt-install" --connect test:///default --memory 64 --disk none \
            --osinfo generic --import --network default --network default --name one \
            --print-xml
    }
    first=$(VIRTYARD_PREDICTABLE=1 guest)
    [ "$first" = "$(VIRTYARD_PREDICTABLE=1 guest)" ]
    [ "$(grep -c '<mac ' <<<"$first")" -eq 2 ]
    [ "$(grep '<mac ' <<<"$first" | sort -u | wc -l)" -eq 2 ]
    [ "$first" != "$(guest)" ]
}

@test "an empty text asks for nothing" {
    local bare option
    guest () {
        VIRTYARD_PREDICTABLE=1 "$BIN/virt-install" --connect test:///default --name one \
            --memory 64 --disk none --osinfo generic --import --print-xml "$@"
    }
    bare=$(guest)
    for option in boot clock cpu features filesystem hostdev memory rng vcpus; do
        [ "$(guest "--$option" '')" = "$bare" ] || { echo "$option"; return 1; }
    done
    run guest --network ''
    [ "$status" -eq 0 ]
    [[ "$output" != *'<interface'* ]]
}

@test "--unattended: no disk that the installer of Windows cannot see" {
    echo secret >"$BATS_TEST_TMPDIR/password"
    : >"$BATS_TEST_TMPDIR/win.iso"
    windows () {
        "$BIN/virt-install" --connect test:///default --name win --memory 4096 \
            --osinfo win10 --cdrom "$BATS_TEST_TMPDIR/win.iso" --print-xml --disk "$1" \
            --unattended admin-password-file="$BATS_TEST_TMPDIR/password"
    }
    run windows size=20,bus=virtio
    [ "$status" -eq 1 ]
    [[ "$output" == *vda*bus=sata* ]]
    run windows size=20,bus=sata
    [ "$status" -eq 0 ]
}
