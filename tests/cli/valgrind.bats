#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# one command of each topic of virsh under valgrind: nothing lost, nothing read that is not there

setup_file () {
    export VIRSH_DEFAULT_CONNECT_URI=test:///default
    cd "$BATS_FILE_TMPDIR"
    sed 's/^ *//' >disk.xml <<'XML'
        <disk type='file' device='disk'><source file='/d.img'/><target dev='vdb'/></disk>
XML
    "$BIN/virsh" -q dumpxml test >domain.xml
    sed 's,<name>test<,<name>other<,; /<uuid>/d' domain.xml >other.xml
    echo "<filter name='f' chain='root'/>" >filter.xml
    echo "<filterbinding><portdev name='p'/></filterbinding>" >binding.xml
    echo "<networkport/>" >port.xml
    echo "<network><name>n</name><bridge name='vbr7'/></network>" >network.xml
    echo "<device><parent>computer</parent></device>" >device.xml
    echo "<secret ephemeral='no' private='no'/>" >secret.xml
    echo "<volume><name>v</name><capacity>1</capacity></volume>" >volume.xml
    "$BIN/virsh" -q capabilities --xpath //host/cpu >cpu.xml
    rows >rows
}

# topic, the array of its commands without virsh_ and _commands | command | why it fails here
rows () {
    sed 's/^ *//; /^$/d' <<'LIST'
        domain_lifecycle | suspend test; reboot test; destroy test; start test
        domain_define | define domain.xml; dumpxml test --inactive
        domain_info | domuuid 1
        domain_device | detach-device test disk.xml; attach-device test disk.xml | the driver cannot
        domain_save | save test saved; restore saved
        domain_size | setvcpus test 1; setmem test 1G
        console | console test | stdin is no terminal
        await | await test --condition domain-inactive --timeout 1 | it goes on running
        monitor_event | qemu-monitor-event --timeout 1 | it is no QEMU
        domain_misc | screenshot test shot
        save_image | save-image-dumpxml none | there is no such image
        migrate | migrate test test:///default --live | the driver has no migration
        migrate_tune | migrate-getspeed test | the driver has no migration
        domain_disk | attach-disk test /d.img vdb --print-xml
        domain_media | change-media test hdc --eject | there is no drive
        domain_interface | attach-interface test network default --print-xml
        domain_display | domdisplay test | it has no display
        domain_block | blockpull test vda | the driver has no block jobs
        domain_block_copy | blockcopy test vda /c.img | the driver has no block jobs
        domain_block_info | blockjob test vda | the driver has no block jobs
        domain_job | domjobinfo test | the driver has no jobs
        domain_tune | memtune test
        domain_throttle | blkdeviotune test vda
        domain_throttle_group | domthrottlegrouplist test
        domain_schedule | schedinfo test
        domain_vcpu | vcpuinfo test; vcpucount test
        domain_pin | vcpupin test
        domain_iothread | iothreadadd test 1; iothreadinfo test
        domain_metadata | desc test --title 'a title'; desc test --title
        domain_agent | domhostname test; domfsinfo test
        domain_user | get-user-sshkeys test root | the driver has no agent
        domain_settings | dompmsuspend test disk | the driver cannot
        domain_memory_device | update-memory-device test --print-xml | it has no such device
        qemu | qemu-monitor-command test --hmp 'info status' | it is no QEMU
        send_key | send-key test KEY_A
        domain_undefine | destroy test; undefine test
        domain_native | domxml-to-native qemu-argv --xml domain.xml | the driver cannot
        domain_cpu_stats | cpu-stats test
        domain_fd | dom-fd-associate test name --pass-fds 0 | the driver cannot
        lxc | lxc-enter-namespace test -- /bin/true | it is no container
        domain_list | list --all --title
        domain_monitor | dominfo test; domstate test --reason
        domain_disk_info | domblklist test --details
        domain_interface_info | domiflist test
        domain_stats | domstats
        domain_time | domtime test
        domain_event | event --list; event test --event lifecycle --timeout 1 | nothing happens
        host | version; domcapabilities | the driver has none for guests
        host_cpu | cpu-models x86_64; cpu-compare cpu.xml | the driver does not compare
        host_memory | freecell --all; node-memory-tune | the driver has no shared memory
        host_node | nodecpumap; nodecpustats
        checkpoint | checkpoint-create-as test c; checkpoint-list test --tree
        interface | iface-list --all; iface-dumpxml eth1
        interface_bridge | iface-bridge eth1 br1 --no-start | the driver knows no bridges
        nwfilter | nwfilter-define filter.xml; nwfilter-list | the driver has no filters
        network | net-dumpxml default; net-destroy default; net-start default
        network_define | net-define network.xml
        network_info | net-list --all; net-info default
        network_port | net-port-create default port.xml; net-port-list default | it has none
        network_update | net-update default add dns-host '<host/>' --live | the XML is bad
        network_metadata | net-desc default | unknown to libvirt 9.0
        network_event | net-event --list; net-event --event lifecycle --timeout 1 | nothing happens
        nodedev | nodedev-dumpxml computer
        nodedev_update | nodedev-update computer device.xml | unknown to libvirt 9.0
        nodedev_event | nodedev-event --event lifecycle --timeout 1 | nothing happens
        secret | secret-list | the driver keeps no secrets
        secret_event | secret-event --list; secret-event --event lifecycle --timeout 1 | no secrets
        snapshot | snapshot-create-as test s; snapshot-dumpxml test s; snapshot-revert test s
        snapshot_create | snapshot-create-as test s2 'a text' --atomic
        snapshot_list | snapshot-create test; snapshot-list test --tree; snapshot-list test
        backup | backup-dumpxml test | the driver has no backups
        pool | pool-dumpxml default-pool; pool-refresh default-pool
        pool_as | pool-define-as p dir --target /p --print-xml
        pool_event | pool-event --list; pool-event --event lifecycle --timeout 1 | nothing happens
        pool_info | pool-list --all --details; pool-info default-pool
        pool_sources | find-storage-pool-sources-as logical; pool-capabilities | the driver cannot
        volume | vol-create default-pool volume.xml; vol-list default-pool; vol-info /default-pool/v
        volume_create | vol-create-as default-pool w 1M --format qcow2
        volume_data | vol-resize w 2M --pool default-pool | there is no such volume
        shell | help list; echo --shell 'a b'; pwd; complete -- dom
LIST
}

# field N: of the rows of standard input, without the blanks around it
field () {
    awk -F' *[|] *' -v n="$1" '{ print $n }'
}

@test "every topic has a row, whose command is one of its own" {
    cd "$BATS_TEST_DIRNAME/../../cmd/virsh"
    diff <(sed -n 's/^extern const CliCommand virsh_\(.*\)_commands\[\];/\1/p' virsh.h | sort) \
        <(field 1 <"$BATS_FILE_TMPDIR/rows" | sort)
    local topic command words file
    while IFS='|' read -r topic words _; do
        file=$(grep -l "^const CliCommand virsh_${topic% }_commands\[\]" ./*.c)
        command=
        for command in $(tr ';' '\n' <<<"$words" | awk '{ print $1 }'); do
            ! grep -q "\"$command\"" "$file" || break
        done
        echo "$topic: $command, $file"
        grep -q "\"$command\"" "$file"
    done <"$BATS_FILE_TMPDIR/rows"
}

@test "each of them runs, or fails for the reason that is known" {
    cd "$BATS_FILE_TMPDIR"
    local topic words reason status bad=
    while IFS='|' read -r topic words reason; do
        status=0
        "$BIN/virsh" -q "$words" >out 2>err </dev/null 3>&- || status=$?
        if [ -n "$reason" ]; then
            echo "# only the failure of ${topic% } is seen:$reason" >&3
            [ "$status" -eq 1 ] || bad+="$topic"
        else
            [ "$status" -eq 0 ] && [ ! -s err ] || bad+="$topic"
        fi
        echo "$topic$words: status $status, $(cat err)"
    done <rows
    echo "otherwise: $bad"
    [ -z "$bad" ]
}

# under_valgrind LINES: no error of memory and no leak in a process that runs them all
under_valgrind () {
    G_SLICE=always-malloc G_DEBUG=gc-friendly valgrind --quiet --leak-check=full \
        --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99 \
        --num-callers=30 --log-file=valgrind.log \
        --suppressions="$BATS_TEST_DIRNAME/../lint/valgrind.supp" \
        "$BIN/virsh" -q "$1" >out 2>err </dev/null || true
    cat valgrind.log
    [ -s out ] && [ ! -s valgrind.log ]
}

# quarter N: these rows in one process, which is far faster than one for each
quarter () {
    cd "$BATS_FILE_TMPDIR"
    case $(ldd "$BIN/virsh") in *libasan*) skip "the sanitizers look by themselves" ;; esac
    under_valgrind "$(awk -v n="$1" '!/[|] unknown/ && NR % 4 == n' rows | field 2)"
}

@test "valgrind: the first quarter" { quarter 0; }
@test "valgrind: the second quarter" { quarter 1; }
@test "valgrind: the third quarter" { quarter 2; }
@test "valgrind: the last quarter" { quarter 3; }
