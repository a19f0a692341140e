#!/usr/bin/env bats
# virtyard-host on a root directory made for the purpose: nothing of the machine is touched

setup() {
    bats_require_minimum_version 1.5.0
    root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root"/{etc/ssh,proc/sys/vm,proc/sys/net/ipv4,sys/kernel/mm/ksm} \
        "$root"/sys/kernel/mm/{transparent_hugepage,hugepages/hugepages-2048kB} \
        "$root"/{sys/module/kvm/parameters,sys/module/kvm_intel/parameters,dev/net} \
        "$root"/{usr/sbin,usr/bin,run/libvirt,etc/apt}
    printf 'processor\t: 0\nflags\t\t: fpu vmx ept vpid\n\n' >"$root/proc/cpuinfo"
    echo Y >"$root/sys/module/kvm_intel/parameters/nested"
    echo 0 >"$root/proc/sys/vm/overcommit_memory"
    echo 1 >"$root/proc/sys/net/ipv4/ip_forward"
    echo 0 >"$root/sys/kernel/mm/ksm/run"
    echo 'always [madvise] never' >"$root/sys/kernel/mm/transparent_hugepage/enabled"
    echo 0 >"$root/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"
    printf '#Port 22\n#UseDNS no\nMatch User x\n  UseDNS yes\n' >"$root/etc/ssh/sshd_config"
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
}

host() {
    "$BIN/virtyard-host" "$@"
}

@test "check: a CPU with VT-x is ok, one without is a failure with status 1" {
    run --separate-stderr host check --root "$root" --format json cpu
    [ "$status" -eq 0 ]
    [[ "$output" == *'"state":'*'"ok"'* ]]
    sed -i s/vmx/novmx/ "$root/proc/cpuinfo"
    run --separate-stderr host check --root "$root" cpu
    [ "$status" -eq 1 ]
    [[ "$output" == *fail* ]]
}

@test "check: warnings fail only with --strict" {
    run host check --root "$root" vhost-net
    [ "$status" -eq 0 ]
    [[ "$output" == *"modprobe vhost_net"* ]]
    run host check --root "$root" --strict vhost-net
    [ "$status" -eq 1 ]
}

@test "check: an unknown name is an error that lists the names" {
    run --separate-stderr host check --root "$root" nosuch
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ "$stderr" == *"there is no check 'nosuch'"* && "$stderr" == *kvm-device* ]]
}

@test "tune: the values are written, and kept for the next boot with --persist" {
    run host tune --root "$root" ksm=on thp=never overcommit=always hugepages=2M:4 --persist
    [ "$status" -eq 0 ]
    [ "$(cat "$root/sys/kernel/mm/ksm/run")" = 1 ]
    [ "$(cat "$root/sys/kernel/mm/transparent_hugepage/enabled")" = never ]
    [ "$(cat "$root/proc/sys/vm/overcommit_memory")" = 1 ]
    [ "$(cat "$root/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages")" = 4 ]
    grep -qx 'vm.overcommit_memory = 1' "$root/etc/sysctl.d/90-virtyard.conf"
    grep -qx 'w /sys/kernel/mm/ksm/run - - - - 1' "$root/etc/tmpfiles.d/virtyard.conf"
}

@test "tune: a second --persist replaces its own line and keeps the others" {
    host tune --root "$root" ksm=on overcommit=1 --persist
    host tune --root "$root" ksm=off --persist
    [ "$(grep -c ksm/run "$root/etc/tmpfiles.d/virtyard.conf")" -eq 1 ]
    grep -qx 'w /sys/kernel/mm/ksm/run - - - - 0' "$root/etc/tmpfiles.d/virtyard.conf"
    grep -q overcommit "$root/etc/sysctl.d/90-virtyard.conf"
}

@test "tune: --dry-run prints the steps and changes nothing" {
    run host tune --root "$root" ksm=on --dry-run
    [ "$status" -eq 0 ]
    [[ "$output" == *setting-write* ]]
    [ "$(cat "$root/sys/kernel/mm/ksm/run")" = 0 ]
}

@test "tune: a wrong value names the right ones and changes nothing" {
    run --separate-stderr host tune --root "$root" overcommit=1 ksm=maybe
    [ "$status" -ne 0 ]
    [[ "$stderr" == *"'maybe' is not a value of ksm: use one of on, off"* ]]
    [ "$(cat "$root/proc/sys/vm/overcommit_memory")" = 0 ]
}

@test "tune: a later step that fails undoes the earlier ones" {
    touch "$root/etc/tmpfiles.d"
    run host tune --root "$root" ksm=on --persist
    [ "$status" -ne 0 ]
    [ "$(cat "$root/sys/kernel/mm/ksm/run")" = 0 ]
}

@test "prepare sshd: the commented line is edited, the Match block is left alone" {
    run host prepare --root "$root" sshd
    [ "$status" -eq 0 ]
    [ "$(cat "$root/etc/ssh/sshd_config")" = $'#Port 22\nUseDNS no\nMatch User x\n  UseDNS yes' ]
    grep -q '#UseDNS no' "$root/etc/ssh/sshd_config.virtyard-before"
    run host prepare --root "$root" sshd --dry-run --format json
    [[ "$output" != *text-replace* ]]
}

@test "prepare sshd: a host without an ssh server is prepared all the same" {
    rm "$root/etc/ssh/sshd_config"
    touch "$root/usr/bin/apt-get"
    run host prepare --root "$root" --dry-run
    [ "$status" -eq 0 ]
    [[ "$output" != *sshd* ]]
    run --separate-stderr host prepare --root "$root" sshd --dry-run
    [ "$status" -eq 3 ]
    [[ "$stderr" == *"is the ssh server installed?"* ]]
}

@test "prepare local-repo: a directory becomes a source of the host's own manager" {
    touch "$root/usr/bin/apt-get"
    run host prepare --root "$root" local-repo --local-repo "$BATS_TEST_TMPDIR"
    [ "$status" -eq 0 ]
    grep -qx "deb \[trusted=yes\] file:$BATS_TEST_TMPDIR ./" \
        "$root/etc/apt/sources.list.d/virtyard-local.list"
    run --separate-stderr host prepare --root "$root" local-repo --local-repo /nosuch
    [ "$status" -eq 3 ]
}

@test "prepare: an unknown step is a usage error" {
    run --separate-stderr host prepare --root "$root" nosuch
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"unknown step 'nosuch'"* ]]
}
