# SPDX-License-Identifier: LGPL-2.1-or-later
# The dispatcher.
bats_require_minimum_version 1.5.0

setup ()
{
    virtyard=$BIN/virtyard
    export LIBVIRT_DEFAULT_URI=test:///default
}

@test "a command runs the program of that name, with the options before it" {
    run -0 "$virtyard" host --version
    [[ $output == "virtyard-host "* ]]
    run -2 --separate-stderr "$virtyard" --format nonsense host check
    [[ $stderr == "virtyard-host: 'nonsense' is not a valid value of --format"* ]]
}

@test "help lists the steps, help COMMAND is the command's own" {
    run -0 "$virtyard" help
    [[ $output == "Usage: virtyard "*"  host "* ]]
    run -0 "$virtyard" --help
    [[ $output == "Usage: virtyard "* ]]
    run -0 "$virtyard" help host
    [[ $output == "Usage: virtyard-host "* ]]
}

@test "no command and an unknown one are usage errors" {
    run --separate-stderr -2 "$virtyard"
    [ -z "$output" ]
    [ "${stderr_lines[0]}" = "virtyard: a command is missing" ]
    run --separate-stderr -2 "$virtyard" hsot
    [ "${stderr_lines[0]}" = "virtyard: unknown command 'hsot'" ]
    [ "${stderr_lines[1]}" = "virtyard: did you mean 'host'?" ]
}

@test "a program virtyard-NAME in PATH is a command, a path is none" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho "plug-in: $*"\n' > "$BATS_TEST_TMPDIR/bin/virtyard-extra"
    printf '#!/bin/sh\necho wrong\n' > "$BATS_TEST_TMPDIR/bin/virtyard-host"
    chmod +x "$BATS_TEST_TMPDIR"/bin/*
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    run -0 "$virtyard" extra one two
    [ "$output" = "plug-in: one two" ]
    run -0 "$virtyard" host --version
    [[ $output == "virtyard-host "* ]]
    run -2 "$virtyard" ../extra
}

@test "virsh commands are commands, and return their status" {
    run -0 "$virtyard" domname 1
    [[ $output == test* ]]
    run -0 "$virtyard" -c test:///default list --name
    [[ $output == test* ]]
    run -1 "$virtyard" domname nosuch
}

@test "shellenv puts virsh of virtyard in front of PATH" {
    run -0 bash -c 'PATH=/bin; eval "$("$0" shellenv)"; echo "$PATH"' "$virtyard"
    [ -x "${output%%:*}/virsh" ]
    [[ $output == *:/bin ]]
}

@test "completion of a command's words is the program's" {
    run -0 "$virtyard" --complete -- -c test:///default host ch
    [ "$output" = check ]
    run -0 "$virtyard" --complete -- imag
    [ "$output" = image ]
}
