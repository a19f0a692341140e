# SPDX-License-Identifier: LGPL-2.1-or-later
# The engine: words, results, failures, completion, and the tables of every program.
bats_require_minimum_version 1.5.0

setup ()
{
    demo=${DEMO:-$BIN/../tests/engine-demo}
    export LIBVIRT_DEFAULT_URI=test:///default
}

@test "show: options are found by name, letter, abbreviation and place" {
    run -0 "$demo" show --si 2M web --mod=slow -n -3 more
    [[ $output == *"Domain:         web"* ]]
    [[ $output == *"Size:           2048 KiB"* ]]
    [[ $output == *"Mode:           slow"* ]]
    [[ $output == *"Count:          -3"* ]]
    [[ $output == *"Words:          more"* ]]
}

@test "show: a bare number counts in the option's unit" {
    run -0 "$demo" show web --size 3 --wait 2m --format json
    [[ $output == *'"size": 3072'* ]]
    [[ $output == *'"wait_ms": 120000'* ]]
}

@test "show: an optional value is only taken after =" {
    run -0 "$demo" show --note web --format plain
    [[ $output == *"domain=web"*"note="* ]]
    run -0 "$demo" show --note=hello web --format plain
    [[ $output == *"note=hello"* ]]
}

@test "show: aliases set what they stand for" {
    run -0 "$demo" show web --slow --everything --format plain
    [[ $output == *"all=true"*"mode=slow"* ]]
}

@test "show: words after -- are no options" {
    run -0 "$demo" show web -- --size -x --format plain
    [[ $output == *"Words:          --size,-x,--format,plain"* ]]
}

@test "show: a number that was not given can be told from 0" {
    run -0 "$demo" show web --format plain
    [[ $output == *"has_count=false"* ]]
    run -0 "$demo" show web -n 0 --format plain
    [[ $output == *"has_count=true"* ]]
}

@test "usage errors have status 2, one line and a hint" {
    while IFS='|' read -r words message; do
        # shellcheck disable=SC2086
        run --separate-stderr -2 "$demo" $words
        [ -z "$output" ]
        [ "${stderr_lines[0]}" = "engine-demo: $message" ]
        [ "${#stderr_lines[@]}" = 2 ]
    done <<END
|a command is missing
shwo|unknown command 'shwo'
show|DOMAIN is missing
show web --sise=1|unknown option '--sise'
show web -z|unknown option '-z'
show web --size|--size needs a value
show web --size=big|'big' is not a valid value of --size
show web --all=yes|--all takes no value
show web --all --size 1|--all and --size cannot be used together
show web --mode=x|'x' is not a valid value of --mode (it can be: fast, slow)
show web --w 1|--w could be --wait or --word
list --columns=nome|there is no column 'nome'
list more|unexpected word 'more'
END
}

@test "a near miss is corrected" {
    run --separate-stderr -2 "$demo" shwo
    [ "${stderr_lines[1]}" = "engine-demo: did you mean 'show'?" ]
    run --separate-stderr -2 "$demo" list --nne
    [ "${stderr_lines[1]}" = "engine-demo: did you mean --none?" ]
}

@test "list: the table looks as virsh's" {
    run -0 "$demo" list
    [ "$output" = " Id   Name        Size   On
------------------------------
 1    web        1 GiB   yes
 -    say \"hi\"       -   no" ]
}

@test "list: no rows still have a heading, and none with -q" {
    run -0 "$demo" list --none
    [ "$output" = " Id   Name   Size   On
------------------------" ]
    run -0 "$demo" list --none -q
    [ -z "$output" ]
}

@test "list: JSON has raw values of all columns" {
    run -0 "$demo" list --format json
    python3 - "$output" <<'END'
import json, sys
assert json.loads (sys.argv[1]) == [
    {"id": 1, "name": "web", "size": 1 << 30, "on": True, "tags": ["a", "b,c"],
     "since": 1700000000, "share": 0.1},
    {"id": None, "name": 'say "hi"', "size": None, "on": False, "tags": [],
     "since": None, "share": 2}]
END
}

@test "list: CSV quotes what has to be" {
    run -0 "$demo" list --format csv
    [ "$output" = 'id,name,size,on,tags,since,share
1,web,1073741824,true,"a,b,c",1700000000,0.1
,"say ""hi""",,false,,,2' ]
}

@test "list: columns can be chosen in every format" {
    run -0 "$demo" list --columns name,size --format plain
    [ "$output" = "web	1073741824
say \"hi\"	" ]
    run -0 "$demo" list --columns since,id
    [ "${lines[0]}" = " Since                 Id" ]
}

@test "failures have the status of their code" {
    local code=0
    for status in 1 2 2 3 4 5 6 1 7 8 9 130; do
        run --separate-stderr -"$status" "$demo" fail "$code"
        [ "${stderr_lines[0]}" = "engine-demo: it failed" ]
        [ "${stderr_lines[1]}" = "engine-demo: try again" ]
        ((++code))
    done
}

@test "find: an unknown object is status 3, an unreachable hypervisor 9" {
    run --separate-stderr -3 "$demo" find
    [[ $stderr == "engine-demo: cannot find domain 'nosuch': "* ]]
    run --separate-stderr -9 "$demo" -c test+tcp://localhost:1/default find
    [[ $stderr == "engine-demo: "* ]]
}

@test "a full disk under stdout is a failure" {
    [ -w /dev/full ] || skip "no /dev/full"
    run -1 bash -c '"$0" list > /dev/full' "$demo"
    [[ $output == "engine-demo: cannot write to standard output: "* ]]
}

@test "--timeout ends work and hanging calls with status 7" {
    run --separate-stderr -7 "$demo" work --timeout 100ms
    [ "$stderr" = "engine-demo: gave up after the time of --timeout: stopped and undone" ]
    run --separate-stderr -7 "$demo" hang --timeout 100ms
    [ "$stderr" = "engine-demo: gave up after the time of --timeout" ]
}

@test "a signal cancels work, and ends what cannot be cancelled" {
    run --separate-stderr -130 bash -c '
        coproc "$0" work; read -r -u "${COPROC[0]}"; kill -TERM $COPROC_PID
        wait $COPROC_PID' "$demo"
    [ "$stderr" = "engine-demo: stopped and undone" ]
    run -143 bash -c '"$0" hang & sleep 0.2; kill -TERM $!; wait $!' "$demo"
}

@test "completion: commands, options after -, choices and names" {
    run -0 "$demo" --complete -- s
    [ "$output" = show ]
    run -0 "$demo" --complete -- list --no
    [ "$output" = --none ]
    run -0 "$demo" --complete -- show --mode ''
    [ "$output" = "fast
slow" ]
    run -0 "$demo" --complete -- show --mode=s
    [ "$output" = --mode=slow ]
    run -0 "$demo" --complete -- show ''
    [ "$output" = test ]
    run -0 "$demo" --complete -- show --domain=t
    [ "$output" = --domain=test ]
}

@test "completion is silent and quick where nothing can be asked" {
    run -0 "$demo" --complete -- -c qemu+ssh://nowhere.invalid/system show ''
    [ -z "$output" ]
    run -0 "$demo" --complete -- -c nonsense:///x show ''
    [ -z "$output" ]
    run -0 "$demo" --complete -- nosuch ''
    [ -z "$output" ]
}

@test "help has the words, the options and those of every command" {
    run -0 "$demo" show --help
    [ "${lines[0]}" = "Usage: engine-demo show [OPTION]... DOMAIN [WORD...]" ]
    [[ $output == *"Words:
  DOMAIN "*"Options:
  -s, --size SIZE "*"Options of every command:
  -c, --connect URI "* ]]
    run -0 "$demo" show --usage
    [ "$output" = "Usage: engine-demo show [OPTION]... DOMAIN [WORD...]" ]
    run -0 "$demo" help show
    [[ $output == "Usage: engine-demo show "* ]]
    run -0 "$demo" --help
    [[ $output == *"Demonstration:
  show "* ]]
}

@test "every program's tables follow the rules" {
    "$demo" --self-test
    for program in "$BIN"/virtyard-* "$BIN"/virt-* "$BIN"/virsh; do
        [ -x "$program" ] || continue
        "$program" --self-test
    done
}

@test "every program has help, a version and a man page without faults" {
    for program in "$BIN"/virtyard-* "$BIN"/virtyard; do
        [ -x "$program" ] || continue
        run -0 --separate-stderr "$program" --help
        [[ $output == "Usage: "* && -z $stderr ]]
        run -0 "$program" --version
        [[ $output == *virtyard* ]]
        page=$BIN/../man/${program##*/}.1
        [ -s "$page" ]
        ! grep -n '@@\|@[A-Z_]*@' "$page"
    done
}
