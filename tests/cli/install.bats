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

@test "a topology that does not fit the number of CPUs is refused" {
    run install --name a --disk none --import --vcpus 5,sockets=2,cores=2,threads=1
    [ "$status" -ne 0 ]
}

@test "graphics none leaves no graphics behind" {
    run install --name a --disk none --import --graphics none --print-xml
    [[ "$output" != *"<graphics"* ]]
}
