#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virtyard explain: where sub-options go

@test "a sub-option's place and values are said" {
    run "$BIN/virtyard-explain" --disk driver.cache
    [ "$status" -eq 0 ]
    [[ "$output" == *devices/disk/driver/@cache* ]]
}

@test "aliases, numbered and positional names are found" {
    "$BIN/virtyard-explain" --disk cache | grep -q driver/@cache
    "$BIN/virtyard-explain" --disk source.host3.name | grep -q source.hostN.name
    "$BIN/virtyard-explain" --disk '?' --format json |
        python3 -c 'import json, sys; assert len (json.load (sys.stdin)) > 50'
}

@test "the release of libvirt and the words it knows are said" {
    "$BIN/virtyard-explain" --disk driver.cache --format json |
        jq -e '.[0] | .since == "0.6.0" and (.choices | index ("writethrough"))'
    "$BIN/virtyard-explain" --disk bus | grep -qF 'nvme (11.5.0)'
    "$BIN/virtyard-explain" --disk size --format json | jq -e '.[0].since == null'
    "$BIN/virtyard-explain" --xml '?'
}

@test "the words are those of libvirt's schema" {
    schemas=/usr/share/libvirt/schemas
    [ -e $schemas/domaincommon.rng ] || skip "libvirt's schemas are not installed"
    "$BATS_TEST_DIRNAME/schema-values" "$BIN/virtyard-explain" $schemas
}

@test "an unknown one proposes the nearest" {
    run "$BIN/virtyard-explain" --disk driver.cahce
    [ "$status" -eq 3 ]
    [[ "$output" == *driver.cache* ]]
}

@test "each program proposes the nearest for an unknown one" {
    export LIBVIRT_DEFAULT_URI=test:///default
    run "$BIN/virt-install" --import --osinfo none --print-xml --disk drvier.cache=none
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean 'driver.cache'"* ]]
    run "$BIN/virt-xml" test --edit --network modle=virtio
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean 'model'"* ]]
    run "$BIN/virt-xml" --build-xml --cpu topolgy.sockets=1
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean 'topology.sockets'"* ]]
}

@test "the manual's pages have the sub-options and their values" {
    for page in virt-install virt-xml; do
        grep -qF '\fBdriver.discard\fR=unmap|\:ignore' "$BUILD/man/$page.1"
        for section in 'EXIT STATUS' ENVIRONMENT EXAMPLES 'SEE ALSO'; do
            grep -q "^.SH $section" "$BUILD/man/$page.1"
        done
    done
}
