#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virtyard-recover on journals of commands that are gone

setup () {
    bats_require_minimum_version 1.5.0
    journal=$BATS_TEST_TMPDIR/journal
    file=$BATS_TEST_TMPDIR/file
    mkdir "$journal"
}

recover () {
    "$BIN/virtyard-recover" --journal "$journal" "$@"
}

# leave STATE [KIND] : a journal whose last step, the writing of $file, is in that state
leave () {
    cat >"$journal/dead.plan" <<PLAN
[plan]
title=tune the host
steps=2
started=1700000000
[step 0]
kind=text-replace
description=write a file
path=$file
text=new\n
before=old\n
state=begun
[step 0]
state=$1
[step 1]
kind=${2:-text-replace}
description=write another
path=$file.2
text=new\n
PLAN
}

@test "nothing to do is said, and is an empty array as JSON" {
    run -0 --separate-stderr recover
    [ "$output" = "There is nothing to undo" ]
    run -0 --separate-stderr recover --format json
    [[ "$output" =~ ^\[[[:space:]]*\]$ ]]
}

@test "a directory that is not there has nothing to undo" {
    journal=$BATS_TEST_TMPDIR/none
    run -0 recover
}

@test "--list says what was interrupted and where" {
    leave begun
    run -0 --separate-stderr recover --list --format json
    [[ "$output" == *'"title": "tune the host"'*'"running": false'*'"steps": 2'* ]]
    [[ "$output" == *'"step": "write a file"'* ]]
    [ -e "$journal/dead.plan" ]
}

@test "--dry-run changes nothing" {
    leave "done"
    echo new >"$file"
    run -0 --separate-stderr recover --dry-run --format plain --columns step,result
    [[ "$output" == *planned* ]]
    [ "$(cat "$file")" = new ]
    [ -e "$journal/dead.plan" ]
}

@test "the old text is put back and the journal goes" {
    leave "done"
    echo new >"$file"
    run -0 --separate-stderr recover --format json
    [[ "$output" == *'"step": 1,'*'"result": "undone"'* ]]
    [ "$(cat "$file")" = old ]
    [ ! -e "$journal/dead.plan" ]
}

@test "what somebody else has written since is not touched" {
    leave "done"
    echo theirs >"$file"
    run -0 recover
    [ "$(cat "$file")" = theirs ]
}

@test "what cannot be undone stays, is named, and is status 8" {
    leave "done"
    printf 'state=begun\nkind=from-tomorrow\n' >>"$journal/dead.plan"
    echo new >"$file"
    run -8 --separate-stderr recover --format json
    [[ "$output" == *"'from-tomorrow'"*'"result": "undone"'* ]] ||
        [[ "$output" == *'"result": "failed"'*"'from-tomorrow'"* ]]
    [[ "$stderr" == *"could not be undone"* ]]
    [ -e "$journal/dead.plan" ]
    [ "$(cat "$file")" = old ]
}

@test "a command that is alive is left alone" {
    leave "done"
    echo new >"$file"
    run -0 --separate-stderr flock "$journal/dead.plan" \
        "$BIN/virtyard-recover" --journal "$journal" --format json
    [[ "$output" == *'"result": "running"'* ]]
    [ "$(cat "$file")" = new ]
}
