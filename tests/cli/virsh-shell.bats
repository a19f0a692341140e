# SPDX-License-Identifier: LGPL-2.1-or-later
# The shell of virsh: lines, the terminal, completion, options before the command.
bats_require_minimum_version 1.5.0

setup ()
{
    export VIRSH_DEFAULT_CONNECT_URI=test:///default XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
    export PATH=$BIN:$PATH
    unset VIRSH_DEBUG VIRSH_LOG_FILE VIRSH_HISTSIZE
    pty=$BATS_TEST_DIRNAME/pty
    cd "$BATS_TEST_TMPDIR" || return
}

# terminal WAIT SEND...: virsh on a terminal, without polkit's agent
terminal ()
{
    run "$pty" "$@" -- virsh --no-pkttyagent "${options[@]}"
}

# completes LINE WORD...: exactly these, in any order
completes ()
{
    local line=$1 expected
    shift
    # shellcheck disable=SC2086
    run virsh -q complete -- $line
    expected=$(printf '%s\n' "$@" | sort)
    [ "$(sort <<<"$output")" = "$expected" ] || { echo "$output"; return 1; }
}

@test "a terminal has a greeting, prompts and an end" {
    options=()
    terminal 'virsh # ' 'uri\n' 'virsh # ' 'quit\n'
    [ "$status" -eq 0 ]
    [[ $output == "Welcome to virsh"* ]]
    [[ $output == *$'virsh # uri\ntest:///default\n\nvirsh # quit'* ]]
    options=(-q -r)
    terminal 'virsh > ' 'destroy test\n' 'virsh > ' '\x04'
    [ "$status" -eq 0 ]
    [[ $output == "virsh > "* && $output == *"read only access prevents"* ]]
}

@test "lines that are wrong leave the shell as it is" {
    options=(-q)
    terminal '# ' 'echo "open\n' '# ' 'echo a \\\\\n' '# ' 'nosuch\n' '# ' 'dominfo\n' \
        '# ' '# comment\n' '# ' 'echo one; echo two\n' '# ' 'quit\n'
    [ "$status" -eq 0 ]
    [[ $output == *'missing "'* && $output == *"unknown command: 'nosuch'"* ]]
    [[ $output == *$'\nonetwo'* ]]
}

@test "a name that begins with # makes a comment of its command, however quoted" {
    run -0 virsh -q "'#x' --nosuch y; echo one
''#z; echo two"
    [ "$output" = onetwo ]
    run -0 virsh -q '#x' --nosuch
    [ -z "$output" ]
}

@test "all options that are missing are named at once" {
    run ! virsh attach-disk test
    [[ $output == *"needs --source, --target"* ]]
}

@test "messages name things as they were typed, whatever the locale" {
    LC_ALL=C run ! virsh domstate naïve
    [[ $output == *"'naïve'"* ]]
}

@test "-d says by which way each object is looked for" {
    run virsh -q -d 0 'pool-name 6695eb01-f6a4-8304-79aa-97f2502e193e; secret-dumpxml y; nwfilter-dumpxml z'
    [[ $output == *"pool-name: found option <pool>: 6695eb01-f6a4-8304-79aa-97f2502e193e"$'\n'"pool-name: <pool> trying as pool UUID"* ]]
    [[ $output == *"secret-dumpxml: found option <secret>: y"* ]]
    [[ $output == *"<nwfilter> trying as nwfilter NAME"* ]]
}

@test "strict exit statuses tell what failed, and end a line" {
    for words in "3 domstate nodom" "3 net-info nonet" "3 vol-info x --pool default-pool" \
        "5 start test" "6 -r destroy test" "2 nosuch" "2 list --nosuch" "2 dominfo" \
        "9 -c test:///nonexistent list" "3 domstate nodom; echo a" "0 list"; do
        read -r expected words <<<"$words"
        case $words in
        *\;*) run "-$expected" virsh --strict-exit "$words" && [[ $output != *a ]] ;;
        # shellcheck disable=SC2086
        *) run "-$expected" virsh --strict-exit $words ;;
        esac
    done
    VIRTYARD_STRICT_EXIT=1 run -3 virsh domstate nodom
    run -3 virtyard domstate nodom
    run -1 virsh domstate nodom
}

@test "connect without a name keeps the way in which the host was opened" {
    run -0 virsh -r <<<$'connect\ndestroy test\nconnect test:///default\ndestroy test'
    [[ $output == *"virsh > destroy test"*"read only access prevents"* ]]
    [[ $output == *"virsh # destroy test"*"Domain 'test' destroyed"* ]]
}

@test "Ctrl-C at the prompt drops the line only" {
    options=(-q)
    terminal '# ' 'destroy test\x03' '# ' 'domstate test\n' '# ' 'quit\n'
    [ "$status" -eq 0 ]
    [[ $output == *$'\nrunning\n'* ]]
}

@test "cd and pwd, connect and its prompts" {
    options=()
    mkdir -p there
    terminal '# ' 'cd there\n' '# ' 'pwd\n' '# ' 'cd /nosuch\n' '# ' 'cd\n' '# ' \
        'connect --readonly\n' '> ' 'connect nonsense:///x\n' '> ' 'uri\n' '> ' 'exit\n'
    [ "$status" -eq 0 ]
    [[ $output == *"$BATS_TEST_TMPDIR/there"* ]]
    [[ $output == *$'virsh > uri\ntest:///default'* ]]
    run -1 virsh cd /
    [[ $output == *"interactive"* ]]
}

@test "history is kept, without repeats and without secrets" {
    options=()
    terminal '# ' 'echo same\n' '# ' 'echo same\n' '# ' 'quit\n'
    terminal '# ' 'set-user-password test root geheim\n' '# ' '\x10\x10\n' '# ' 'quit\n'
    [[ $output == *$'\nsame'* ]]
    run cat "$XDG_CACHE_HOME/libvirt/virsh/history"
    [ "$output" = $'echo same\nquit\necho same\nquit' ]
    export VIRSH_HISTSIZE=2
    terminal '# ' 'echo 1\n' '# ' 'quit\n'
    [ "$(wc -l <"$XDG_CACHE_HOME/libvirt/virsh/history")" -eq 2 ]
    export VIRSH_HISTSIZE=many
    terminal '# ' 'quit\n'
    [[ $output == *VIRSH_HISTSIZE* && $status -eq 0 ]]
}

@test "the terminal completes commands, options, objects, quoted names, files" {
    cat >host.xml <<'END'
<node>
<domain type='test'><name>two words</name><memory>1024</memory><os><type>hvm</type></os></domain>
</node>
END
    options=(-q -c "test://$PWD/host.xml")
    touch 'some file.xml'
    terminal '# ' 'domuu\t' 'domuuid ' 'tw\t' 'two\ words' '\n' '# ' 'list --al\t' '--all ' \
        '\n' '# ' 'domstate "two\t' 'two words"' '\n' '# ' 'dominfo --domain=t\t' \
        'two\ words' '\n' '# ' 'define som\t' '"some file.xml"' '\n' '# ' 'quit\n'
    [ "$status" -eq 0 ] || { echo "$output"; return 1; }
    [[ $output == *$'\nrunning\n'* && $output == *"Id:"* ]]
}

@test "lines from stdin are echoed, and failures do not end them" {
    run -0 --separate-stderr virsh <<<$'echo a\ndominfo nosuch\necho b'
    [[ $output == *$'virsh # echo a\na\nvirsh # dominfo nosuch\n'*$'virsh # echo b\nb\n'* ]]
    [[ $stderr == *"failed to get domain 'nosuch'"* ]]
}

@test "complete offers objects by the state that a command is for" {
    completes "start t" ""
    completes "destroy t" test
    completes "dominfo --domain ''" test
    run virsh -q "destroy test; complete start t; complete destroy t"
    [ "$output" = test ]
    completes "net-start d" ""
    completes "net-destroy d" default
    completes "vol-list d" default-pool
    completes "domname 6" 6695eb01-f6a4-8304-79aa-97f2502e193f
}

@test "complete offers what belongs to an object on the line" {
    virsh -q "vol-create-as default-pool one 1M; vol-create-as default-pool two 1M;
        complete -- vol-info --pool default-pool t; complete -- vol-info t;
        complete -- vol-wipe --pool default-pool one --algorithm z" >out || true
    run tail -n 2 out
    [ "$output" = $'two\nzero' ]
}

@test "complete offers options, choices and lists as virsh does" {
    completes "list --al" --all
    completes "list --all --al" ""
    completes "shutdown test --mode acpi,a" acpi,agent
    completes "pool-event --event ''" lifecycle refresh
    completes "nosuch x" ""
    completes "list; domu" domuuid
    run ! virsh -q complete -- dominfo --domain=t
    run -1 virsh -q complete -- 'dominfo "t'
    [[ $output == *'missing "'* ]]
}

@test "--complete offers names where no option is begun" {
    run -0 virsh --complete -- dominfo ""
    [ "$output" = test ]
    run -0 virsh --complete -- dominfo --domain=
    [ "$output" = --domain=test ]
    run -0 virsh --complete -- -c test:///default domstate ""
    [ "$output" = test ]
    run -0 virsh --complete -- -r --re
    [ "$output" = "" ]
}

@test "completion never asks, whatever the host wants" {
    cat >auth.xml <<'END'
<node><auth><user password='geheim'>admin</user></auth></node>
END
    run -0 timeout 5 virsh --complete -- -c "test://$PWD/auth.xml" dominfo "" </dev/zero
    [ "$output" = "" ]
    run -1 timeout 5 virsh -c "test://$PWD/auth.xml" complete -- dominfo x </dev/zero
    [[ $output != *sername* ]]
    run -0 timeout 5 virsh --complete -- -c qemu+ssh://nosuch.invalid/system dominfo ""
    [ "$output" = "" ]
}

@test "completion gives up on a host that does not answer" {
    python3 -c 'if True:
        import socket, sys, time
        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        time.sleep(20)' >port 3>&- &
    for _ in {1..50}; do [ -s port ] && break; sleep 0.1; done
    unset VIRTYARD_COMPLETE_MS
    local before=$EPOCHREALTIME
    run -0 virsh --complete -- -c "test+tcp://127.0.0.1:$(<port)/default" dominfo ""
    kill %1
    [ "$output" = "" ]
    [ $(((${EPOCHREALTIME/./} - ${before/./}) / 1000)) -lt 3000 ]
}

@test "a password is asked for one command, not for lines of a script" {
    cat >auth.xml <<'END'
<node><auth><user password='geheim'>admin</user></auth></node>
END
    run -0 virsh --no-pkttyagent -c "test://$PWD/auth.xml" uri <<<$'admin\ngeheim'
    [[ $output == *"test://"* ]]
    run -1 virsh -c "test://$PWD/auth.xml" 'uri; uri' <<<$'admin\ngeheim'
    run -1 virsh -c "test://$PWD/auth.xml" <<<$'admin\ngeheim'
}

@test "-d says what is done, -l keeps it, secrets are left out" {
    run -0 virsh -q -d 1 -l log "echo a; domid test"
    [[ $output == *'echo: string(optdata): a'* && $output == *'domid: domain(optdata): test'* ]]
    grep -q '^\[[0-9.]* [0-9:]* virsh [0-9]*\] INFO echo: string(optdata): a$' log
    run -1 virsh -l log dominfo nosuch
    grep -q "ERROR failed to get domain 'nosuch'" log
    [ "$(stat -c %a log)" = 600 ]
    run virsh -d 0 -l log set-user-password test root geheim
    run ! grep -q geheim log
    VIRSH_DEBUG=0 run -0 virsh echo x
    [[ $output == *"optdata"* ]]
    VIRSH_LOG_FILE=log2 run -1 virsh dominfo nosuch
    [ -s log2 ]
    run -1 virsh -l /nosuch/log uri
    run -0 virsh -d 9 uri
    run -1 virsh -d x uri
}

@test "-k and -K have to work where they are given" {
    run -0 virsh -k 0 uri
    run -1 virsh -k 5 uri
    [[ $output == *virConnectSetKeepAlive* ]]
    run -1 virsh -k -1 uri
    run -1 virsh -K x uri
}

@test "help: groups in virsh's order, hidden commands, whatever stands beside" {
    run -0 virsh help virsh
    [ "$(awk '/^    [a-z]/ { print $1 }' <<<"$output" | xargs)" = \
        "cd echo exit help pwd quit connect" ]
    run -0 virsh help --command list
    [[ $output == *"list - "* ]]
    for command in complete self-test "list --all" "list dominfo" ""; do
        # shellcheck disable=SC2086
        run -0 virsh help $command
    done
    run -1 virsh help nosuch
    run -0 virsh -q self-test
    run -0 virsh --help
    [[ $output == *"-c | --connect=URI"* && $output == *--no-pkttyagent* ]]
}

@test "echo --split ends a line at each comma" {
    run -0 virsh -q echo --split a,,b,c ' d'
    [ "$output" = $'a,b\nc\n  d' ]
    run -1 virsh echo --split --xml a
}

@test "globals may be cut, grouped and glued to their values" {
    run -0 virsh -q --conn=test:///default -rt uri
    [[ $output == *"(Time: "* ]]
    run -0 virsh -qctest:///default uri
    [ "$output" = test:///default ]
    run -0 virsh --vers=long
    run -0 virsh -V
    run -1 virsh --nosuch
    run -1 virsh -e ^1 uri
}
