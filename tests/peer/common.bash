# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# command lines, run by the machine's own programs and by ours, with equal XML

bats_require_minimum_version 1.5.0
: "${BIN:?}"
canonical=$(dirname "${BASH_SOURCE[0]}")/canonical

# peer PROGRAM: the machine's own program, or nothing
peer () {
    local dir
    for dir in /usr/bin /bin /usr/local/bin; do
        [ -x "$dir/$1" ] || continue
        echo "$dir/$1"
        return
    done
}

# need_peer PROGRAM: skips the test where the machine has none, or an old one
need_peer () {
    local program
    program=$(peer "$1")
    [ -n "$program" ] || skip "$1 is not installed here: there is nothing to compare with"
    "$program" --version >/dev/null 2>&1 || skip "$program does not run"
}

# peer_words PROGRAM WORD… : further words for the peer alone, in the array newer
peer_words () { newer=(); }

# same PROGRAM WORD… : fails, with the difference, when the two documents are not equal
same () {
    local program=$1
    local -a newer
    peer_words "$@"
    shift
    "$(peer "$program")" "$@" "${newer[@]}" </dev/null >"$BATS_TEST_TMPDIR/theirs" 2>&1 ||
        { echo "the peer refuses: $program $*"; tail -3 "$BATS_TEST_TMPDIR/theirs"; return 1; }
    "$BIN/$program" "$@" </dev/null >"$BATS_TEST_TMPDIR/ours" 2>&1 ||
        { echo "refused: $program $*"; tail -3 "$BATS_TEST_TMPDIR/ours"; return 1; }
    [ -s "$BATS_TEST_TMPDIR/theirs" ] || { echo "no XML: $program $*"; return 1; }
    equal "$*" "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours" ||
        { echo "differs: $program $*"; return 1; }
}

# equal KEPT THEIRS OURS: whether the documents in the two files are equal
equal () {
    "$canonical" "$1" <"$2" >"$2.xml"
    "$canonical" "$1" <"$3" >"$3.xml"
    [ -s "$2.xml" ] || { echo "there is no XML in $2"; return 1; }
    diff -u --label peer --label ours "$2.xml" "$3.xml"
}

# both_refuse PROGRAM WORD… : for each line of stdin, neither of the two does it
both_refuse () {
    local line program=$1
    local -a rest
    shift
    while IFS= read -r line; do
        eval "rest=($line)"
        run "$(peer "$program")" "$@" "${rest[@]}" </dev/null
        # shellcheck disable=SC2154 # run sets it
        [ "$status" -ne 0 ] || { echo "the peer takes: $line"; return 1; }
        run "$BIN/$program" "$@" "${rest[@]}" </dev/null
        [ "$status" -eq 1 ] || { echo "taken, $status: $line"; return 1; }
        [ -n "$output" ] || { echo "no error is told: $line"; return 1; }
    done
}

# same_lines PROGRAM WORD… : the same for each line of stdin, which is read as a shell
# reads it, behind WORDs; "# " begins a remark
same_lines () {
    local line failed=0 count=0
    local -a first=("$@") rest
    while IFS= read -r line; do
        case $line in '' | '#'*) continue ;; esac
        count=$((count + 1))
        eval "rest=($line)"
        same "${first[@]}" "${rest[@]}" || failed=$((failed + 1))
    done
    echo "$count command lines, $failed differ"
    [ "$failed" -eq 0 ]
}
