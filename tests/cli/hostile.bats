#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# What nobody should write, for every option of the tables: hostile-run says what.

@test "virt-install: every option refuses it, or has it in its XML" {
    "$BATS_TEST_DIRNAME/hostile-run" "$BIN" virt-install
}

@test "virt-xml: every option refuses it, or has it in its XML" {
    "$BATS_TEST_DIRNAME/hostile-run" "$BIN" virt-xml
}
