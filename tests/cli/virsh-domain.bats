#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virsh's settings of domains, their definitions and their end, on the test driver

setup() {
    bats_require_minimum_version 1.5.0
    export LIBVIRT_DEFAULT_URI=test:///default
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR"
}

v() {
    "$BIN/virsh" -q "$@"
}

# with the lines that -q leaves out
say() {
    "$BIN/virsh" "$@"
}

# host XML…: a host of the test driver with a domain that has these elements
host() {
    printf '<node><domain type="test"><name>web</name><memory>524288</memory>' >host.xml
    printf '<vcpu current="2">4</vcpu><os><type>hvm</type></os>%s' "$*" >>host.xml
    printf '</domain></node>' >>host.xml
    LIBVIRT_DEFAULT_URI=test://$PWD/host.xml
}

# ---- parameters

@test "memtune: sizes have units, are rounded up, and a negative one is no limit" {
    run v 'memtune test --hard-limit 1MB --soft-limit 1; memtune test'
    [[ "$output" == *"hard_limit     : 977"*"soft_limit     : 1"*"swap_hard_limit: unlimited"* ]]
    run v 'memtune test 2G; memtune test --hard-limit -1; memtune test'
    [[ "$output" == *"hard_limit     : unlimited"* ]]
    run ! v memtune test --hard-limit 1.5G
    run ! v memtune test --hard-limit --
}

@test "parameters come as numbers in JSON, and what is unlimited is null" {
    run -0 v --format json memtune test
    [ "$(jq -r .hard_limit <<<"$output")" = null ]
    run -0 v --format json perf test
    [ "$(jq -r .cmt <<<"$output")" = false ]
    run -0 v --format json schedinfo test
    [ "$(jq -c '[.scheduler, .weight]' <<<"$output")" = '["fair",50]' ]
}

@test "blkdeviotune: both spellings of an option are the same one" {
    host '<devices><disk type="file" device="disk"><source file="/d"/><target dev="vda"/></disk></devices>'
    run v 'blkdeviotune web vda --total_bytes_sec 1k --total-bytes-sec-max 2k --size-iops-sec 7; blkdeviotune web vda'
    [[ "$output" == *"total_bytes_sec: 1024"*"size_iops_sec  : 7"* ]]
    run ! v blkdeviotune web vda 5 --total_bytes_sec 5
}

@test "domiftune: what is left out of a rate is 0, and a rate needs an average" {
    mac=52:54:00:00:00:07
    host "<devices><interface type='bridge'><mac address='$mac'/><source bridge='b'/></interface></devices>"
    run v "domiftune web $mac --inbound 7,,3; domiftune web $mac"
    [[ "$output" == *"inbound.average: 7"*"inbound.peak   : 0"*"inbound.burst  : 3"* ]]
    for bad in "--inbound 0,5" "--outbound 0,5" "--outbound 1,2,3,4" "--inbound 1,2,3,4,5" \
        "--inbound 1x"; do
        run ! v "domiftune web $mac $bad"
    done
}

@test "numatune: modes are named or numbered" {
    host
    run v 'numatune web --mode 0x1 --nodeset 0; numatune web'
    [[ "$output" == *"numa_mode      : preferred"*"numa_nodeset   : 0"* ]]
    run ! v numatune web --mode bogus
}

@test "schedinfo: the type of a value is the hypervisor's" {
    run --separate-stderr v schedinfo test --set weight=abc
    [ "$status" -eq 1 ]
    [[ "$output" == "Scheduler      : fair" && "$stderr" == *"expected unsigned int"* ]]
    run ! v schedinfo test --set weight
    run ! v schedinfo test --cap 7
    run -0 v schedinfo test --weight 7
}

# ---- processors

@test "vcpupin: lists with ranges, exceptions and blanks" {
    run v "vcpupin test 0 ' 0 , 1 - 3,^2'; vcpupin test 0"
    [[ "$output" == *"0-1,3"* ]]
    run v 'vcpupin test 0 0; vcpupin test 0 r; vcpupin test 0'
    [[ "$output" == *"0-"* ]]
    for bad in '' 0,,1 1-0 '^0' 900 2000 zz 1- ,1; do
        run ! v vcpupin test 0 "$bad"
    done
    run ! v vcpupin test --cpulist 0
    run ! v vcpupin test 77
}

@test "vcpuinfo: what does not run, and processors one by one" {
    host '<vcpus><vcpu id="0" enabled="yes" hotpluggable="no"/>' \
        '<vcpu id="1" enabled="no" hotpluggable="yes"/>' \
        '<vcpu id="2" enabled="yes" hotpluggable="yes"/>' \
        '<vcpu id="3" enabled="no" hotpluggable="yes"/></vcpus>'
    run -0 v 'destroy web; vcpuinfo web --pretty'
    [[ "$output" == *"VCPU:           0"*"N/A"*"VCPU:           2"* ]]
    [[ "$output" != *"VCPU:           1"* ]]
    run -0 v --format json vcpuinfo web
    [ "$(jq -r '.[0].state' <<<"$output")" = running ]
}

@test "vcpucount: the table, single numbers, and --current as it once was" {
    host
    run -0 v vcpucount web
    [ "${#lines[@]}" -eq 4 ]
    [ "${lines[0]}" = "maximum      config         4" ]
    [ "$(v vcpucount web --current --live)" = 2 ]
    [ "$(v vcpucount web --maximum --live)" = 4 ]
    run ! v vcpucount web --maximum --active
    run ! v vcpucount web --live --config
}

@test "I/O threads: ids begin at 1" {
    run v 'iothreadadd test 3; iothreadpin test 3 0; iothreadinfo test'
    [[ "$output" == *" 3 "* ]]
    run ! v iothreadadd test 0
    run ! v iothreadset test 1
    run -0 say iothreadinfo test
    [ "$output" = "No IOThreads found for the domain" ]
}

# ---- notes

@test "desc: words are one text, an editor gets it, an empty one removes it" {
    run v 'desc test --title hello world; desc test --title'
    [ "$output" = "hello world" ]
    EDITOR="sed -i s/e/E/" run v 'desc test hee; desc test --edit; desc test'
    [ "$output" = hEe ]
    EDITOR=true run -0 say 'desc test --title x; desc test --title --edit; desc test --title ""'
    [[ "$output" == *"Domain title not changed"* ]]
}

@test "metadata: an element of a namespace is set, edited, removed" {
    run v "metadata test http://e.org/a --key k --set '<x a=\"1\"/>'; metadata test http://e.org/a"
    [ "$output" = '<x a="1"/>' ]
    EDITOR="sed -i s/1/2/" run v "metadata test http://e.org/a --key k --set '<x a=\"1\"/>';
metadata test http://e.org/a --key k --edit; metadata test http://e.org/a"
    [ "$output" = '<x a="2"/>' ]
    run ! v metadata test http://e.org/a --set '<x/>'
    run ! v "metadata test http://e.org/a --key k --set '<x/>' ; metadata test http://e.org/a --remove; metadata test http://e.org/a"
}

# ---- guests

@test "set-user-password: a password out of a file, and never two" {
    printf 'se cret\nmore\n' >pw
    run -0 say set-user-password test root --password-file pw
    [ "$output" = "Password set successfully for root in test" ]
    run ! v set-user-password test root x --password-file pw
    run ! v set-user-password test root
    : >empty
    run ! v set-user-password test root --password-file empty
    run ! v set-user-password test root --password-file nosuch
}

@test "send-key: names of the codeset, numbers in any base, at most sixteen" {
    run -0 v send-key test KEY_LEFTCTRL KEY_C 0x10 017
    run -0 v send-key test --codeset win32 VK_TAB
    run -0 v send-key test --codeset os_x ANSI_A
    run -0 v send-key test --codeset rfb 1
    for bad in KEY_NOSUCH 70000 "--codeset xt KEY_A" "--codeset bogus 1" \
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17" "-- -1"; do
        run ! v "send-key test $bad"
    done
    run -0 v complete -- send-key test --codeset win32 --keycode VK_TA
    [ "$output" = VK_TAB ]
}

@test "send-process-signal: names with and without SIG, and numbers" {
    for good in 9 kill SIGKILL sig_kill RT3; do
        run -0 v send-process-signal test 1 "$good"
    done
    for bad in nosuch -1 0x9 rt33; do
        run ! v send-process-signal test 1 "$bad"
    done
    run ! v send-process-signal test one kill
}

@test "what a driver cannot do is an error with libvirt's words" {
    for command in "guestvcpus test" "qemu-agent-command test x" "guestinfo test" \
        "qemu-monitor-command test x" "dom-fd-associate test a 7" "domblkthreshold test vda 1" \
        "guest-agent-timeout test" "get-user-sshkeys test root" "lxc-enter-namespace test x" \
        "dompmwakeup test" "domdirtyrate-calc test"; do
        run v "$command"
        [ "$status" -eq 1 ]
        [[ "$output" == *"not supported by the connection driver"* ]]
    done
}

@test "update-memory-device: one device is chosen, or it says what to do" {
    run ! v update-memory-device test
    [[ "$output" == *"no memory device found"* ]]
    run ! v update-memory-device test --alias a --node 1
}

# ---- the beginning and the end

@test "start --force-boot forgets a saved state where the driver does not know how" {
    run v 'managedsave test; start test --force-boot; dominfo test'
    [[ "$output" == *"State:          running"*"Managed save:   no"* ]]
}

@test "undefine: a saved state is refused, or goes with it" {
    run ! v 'managedsave test; undefine test'
    [[ "$output" == *"managed save image exists"* ]]
    run -0 v 'managedsave test; undefine test --managed-save --checkpoints-metadata'
}

@test "undefine: what --storage names has to be there, before anything is done" {
    host '<devices><disk type="file" device="disk"><source file="/d"/><target dev="vda"/></disk></devices>'
    run v 'destroy web; undefine web --storage vda,vdz; domid web'
    [[ "$output" == *"'vdz' was not found"*"-" ]]
    run ! v undefine test --wipe-storage
    run ! v undefine test --storage a --remove-all-storage
    run ! v undefine test --nvram --keep-nvram
    run ! v undefine web --remove-all-storage
}

@test "undefine: --storage deletes the volume, --remove-all-storage says what it cannot" {
    host '<devices><disk type="file" device="disk"><source file="/p/d"/><target dev="vda"/></disk>' \
        '<disk type="file" device="disk"><source file="/elsewhere"/><target dev="vdb"/></disk></devices>'
    p="pool-define-as p dir --target /p; pool-start p; vol-create-as p d 1M; destroy web"
    run say "$p; undefine web --storage vda; vol-path d p"
    [[ "$output" == *"Domain 'web' has been undefined"*"Volume 'vda'(/p/d) removed."*error* ]]
    run say "$p; undefine web --remove-all-storage --wipe-storage"
    [[ "$output" == *"'vdb'(/elsewhere) is not managed"*"Wiping volume 'vda'(/p/d) ... "* ]]
}

@test "cpu-stats: some processors, all of them, only the total" {
    run -0 v cpu-stats test --total
    [ "${lines[0]}" = Total: ]
    run -0 v cpu-stats test --start 1
    [ "${lines[0]}" = CPU1: ]
    run -0 v cpu-stats test --count 5
    [ "${lines[0]}" = "Only 2 CPUs available to show" ]
    run ! v cpu-stats test --start 500
    run ! v cpu-stats test --count -1
    run -0 v --format json cpu-stats test
    [ "$(jq -c '[.[].cpu]' <<<"$output")" = '[0,1,null]' ]
}

@test "numbers are decimal, after blanks or a plus; sizes have no blank before the unit" {
    run -0 v setvcpus test ' 2'
    run -0 v setvcpus test +2
    run ! v setvcpus test 0x2
    run ! v setmem test '4 k'
    run ! v setmem test 1.5G
}

@test "pinning without an option is of what runs" {
    run ! v 'destroy test; emulatorpin test 0'
    run ! v 'destroy test; vcpupin test 0 0'
    run v 'destroy test; emulatorpin test 0 --config; emulatorpin test --config'
    [ "$output" = 0 ]
}

@test "list: --state-shutoff is only of those, unless all are asked for" {
    run -0 v list --state-running --state-shutoff --name
    [ -z "$output" ]
    run -0 v list --all --state-running --state-shutoff --name
    [[ "$output" == test* ]]
}

@test "shutdown: ways may be named without their option, and have to exist" {
    # the test driver knows none of them, and says so
    run ! v shutdown test acpi
    [[ "$output" == *"unsupported flags"* ]]
    run ! v shutdown test nosuch
    [[ "$output" != *"unsupported flags"* ]]
    run ! v reboot test nosuch
}

# calls COMMAND…: the calls of libvirt that change something, as its log has them
calls () {
    LIBVIRT_LOG_FILTERS=1:libvirt LIBVIRT_LOG_OUTPUTS="1:file:$BATS_TEST_TMPDIR/log" \
        "$BIN/virsh" -c test:///default "$@" >"$BATS_TEST_TMPDIR/out" 2>&1 || true
    sed -nE 's/.* debug : (vir[A-Za-z]+):[0-9]+ : (.*, )?/\1 /p' "$BATS_TEST_TMPDIR/log" |
        grep -E '^virDomain(Set|CoreDump|Block)'
    rm -f "$BATS_TEST_TMPDIR/log"
}

@test "messages have the domain as it was named" {
    local uuid
    uuid=$("$BIN/virsh" -q -c test:///default domuuid test)
    for command in destroy shutdown reboot reset suspend managedsave managedsave-remove \
        autostart "save --file $BATS_TEST_TMPDIR/s" "dump --file $BATS_TEST_TMPDIR/d"; do
        # shellcheck disable=SC2086
        run "$BIN/virsh" -c test:///default $command --domain "$uuid"
        echo "$command: $output"
        [[ "$output" == *"Domain '$uuid' "* ]]
    done
}

@test "the calls that virsh makes, too" {
    [ "$(calls setmem test 1000000)" = 'virDomainSetMemoryFlags flags=0x1' ]
    [ "$(calls setmaxmem test 3000000)" = 'virDomainSetMemoryFlags flags=0x4' ]
    [ "$(calls blockpull test vda --bytes | head -n 1)" = 'virDomainBlockPull flags=0x40' ]
    [ "$(calls dump test "$BATS_TEST_TMPDIR/d" --memory-only | head -n 1)" = \
        'virDomainCoreDump flags=0x10' ]
}

@test "undefine: without flags where the driver does not know them" {
    run -0 "$BIN/virsh" -q -c test:///default 'undefine test --keep-nvram; dominfo test'
    [[ "$output" == *'Persistent:     no'* ]]
    run -0 "$BIN/virsh" -q -c test:///default \
        'undefine test --checkpoints-metadata --keep-tpm; dominfo test'
    [[ "$output" == *'Persistent:     no'* ]]
    run -1 "$BIN/virsh" -q -c test:///default 'undefine test --nvram'
    run -1 "$BIN/virsh" -q -c test:///default \
        'managedsave test; undefine test --snapshots-metadata'
    [[ "$output" == *'managed save image exists'* ]]
}

@test "qemu-monitor-command: a name and members are made a command" {
    monitor () {
        LIBVIRT_LOG_FILTERS=1:libvirt LIBVIRT_LOG_OUTPUTS="1:file:$BATS_TEST_TMPDIR/log" \
            "$BIN/virsh" -c test:///default qemu-monitor-command test "$@" || true
        sed -nE 's/.*cmd=(.*), result=.*/\1/p' "$BATS_TEST_TMPDIR/log"
        rm -f "$BATS_TEST_TMPDIR/log"
    }
    [[ "$(monitor '{"execute"' ':' '"x"}')" == *'{"execute" : "x"}' ]]
    [[ "$(monitor query-kvm)" == *'{"execute":"query-kvm"}' ]]
    [[ "$(monitor eject '"id":"cd/0"' '"force":true')" == \
        *'{"execute":"eject","arguments":{"id":"cd/0","force":true}}' ]]
    [[ "$(monitor eject '{"id":"cd0"}')" == *'"arguments":{"id":"cd0"}}' ]]
    [[ "$(monitor --hmp info status)" == *'info status' ]]
    run -1 "$BIN/virsh" -c test:///default qemu-monitor-command test eject id=cd0
    [[ "$output" == *eject* ]]
}

@test "numbers go to their ends" {
    run "$BIN/virsh" -c test:///default blkdeviotune test vda \
        --read-bytes-sec 18446744073709551615
    [[ "$output" != *malformed* ]]
    run "$BIN/virsh" -c test:///default blkdeviotune test vda \
        --read-bytes-sec 18446744073709551616
    [[ "$output" == *malformed* ]]
    run -1 "$BIN/virsh" -c test:///default screenshot test x --screen -1
    run "$BIN/virsh" -c test:///default blockjob test vda --bandwidth +5
    [[ "$output" == *virDomainBlockJobSetSpeed* ]]
}

@test "files that are passed may be named by their place, an empty codeset is none" {
    "$BIN/virsh" -q -c test:///default dumpxml test |
        sed 's,<name>test<,<name>second<,; /<uuid>/d' >"$BATS_TEST_TMPDIR/second.xml"
    run -1 "$BIN/virsh" -q -c test:///default create "$BATS_TEST_TMPDIR/second.xml" none
    [[ "$output" == *"FD number 'none'"* ]]
    run -0 "$BIN/virsh" -q -c test:///default send-key test KEY_A --codeset=
}

@test "an id is a number as C reads it; where none fits the failure is plain" {
    run -0 v -q domstate ' +1'
    [ "$output" = running ]
    run ! v -q domname test
    [[ $output != *"unknown error"* ]]
}

@test "undefine: volumes may stand behind the name, and may be none" {
    run ! v undefine test vda
    [[ $output == *"stopped"* ]]
    v undefine test ''
}

@test "create --console: the domain counts, where there is no terminal" {
    v dumpxml test | sed 's/<name>test/<name>two/; /<uuid>/d' > "$BATS_TEST_TMPDIR/two.xml"
    run -0 v create "$BATS_TEST_TMPDIR/two.xml" --console
    [[ $output == *"without a controlling TTY"* ]]
    run ! v --strict-exit create "$BATS_TEST_TMPDIR/two.xml" --console
}

@test "numbers keep to what their calls take" {
    run ! v freepages --all --pagesize 4194304
    run ! v memtune test --hard-limit -99999999999999999999
    v memtune test --hard-limit -3
    run ! v migrate-setspeed test 9223372036854775808
    [[ $output == *"not supported by the connection driver"* ]]
    run ! v dom-fd-associate test n ''
    [[ $output == *"nfds"* ]]
}

@test "managedsave-remove: its line ends where that of virsh does" {
    run -0 "$BIN/virsh" -c test:///default 'managedsave test; managedsave-remove test; echo x'
    [[ $output == *"Removed managedsave image for domain 'test'"$'\nx' ]]
}
