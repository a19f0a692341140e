#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virtyard os: what is known of operating systems, and of install media

@test "a system is shown by any of its names" {
    run "$BIN/virtyard-os" show http://fedoraproject.org/fedora/36 --format json
    [ "$status" -eq 0 ]
    [[ $output == *'"short_id": "fedora36"'* ]]
}

@test "an unknown system is answered with the nearest, and status 3" {
    run "$BIN/virtyard-os" show fedora3600
    [ "$status" -eq 3 ]
    [[ $output == *"nearest known is 'fedora"* ]]
}

@test "the list is searched" {
    run "$BIN/virtyard-os" list debian11
    [ "$status" -eq 0 ]
    [[ $output == *"Debian 11"* ]]
    [[ $output != *"Fedora"* ]]
}

@test "an install tree is known by its .treeinfo" {
    printf '[general]\nfamily = Fedora\nversion = 36\narch = x86_64\nvariant = Server\n' \
        > "$BATS_TEST_TMPDIR/.treeinfo"
    run "$BIN/virtyard-os" detect "$BATS_TEST_TMPDIR" --format json
    [ "$status" -eq 0 ]
    [[ $output == *'"os": "fedora36"'* ]]
}

@test "what is no medium is refused" {
    run "$BIN/virtyard-os" detect "$BATS_TEST_FILENAME"
    [ "$status" -eq 2 ]
}

@test "detect: a tree of Mageia says its release in VERSION" {
    mkdir "$BATS_TEST_TMPDIR/tree"
    echo 'Mageia 7 Devel-x86_64-Download 20190630 18:00' > "$BATS_TEST_TMPDIR/tree/VERSION"
    run "$BIN/virtyard-os" detect "$BATS_TEST_TMPDIR/tree"
    [ "$status" -eq 0 ]
    [[ "$output" == *mageia7* ]]
}
