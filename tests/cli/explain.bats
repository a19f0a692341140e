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

@test "an unknown one proposes the nearest" {
    run "$BIN/virtyard-explain" --disk driver.cahce
    [ "$status" -eq 3 ]
    [[ "$output" == *driver.cache* ]]
}
