#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# virsh's storage pools and volumes against libvirt's test driver

setup() {
    bats_require_minimum_version 1.5.0
    export LIBVIRT_DEFAULT_URI=test:///default
    export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

v() {
    "$BIN/virsh" -q "$@"
}

@test "pool-define-as: every option has its place in the XML" {
    run --separate-stderr v pool-define-as n netfs --source-host h --source-path /p \
        --source-dev d --source-name sn --target /t --source-format nfs --auth-type chap \
        --auth-username u --secret-usage su --adapter-name an --source-protocol-ver 4 \
        --source-initiator iqn.x --print-xml
    [ "$status" -eq 0 ]
    diff - <(echo "$output") <<'XML'
<pool type='netfs'>
  <name>n</name>
  <source>
    <host name='h'/>
    <dir path='/p'/>
    <device path='d'/>
    <initiator>
      <iqn name='iqn.x'/>
    </initiator>
    <adapter type='scsi_host' name='an'/>
    <auth type='chap' username='u'>
      <secret usage='su'/>
    </auth>
    <format type='nfs'/>
    <name>sn</name>
    <protocol ver='4'/>
  </source>
  <target>
    <path>/t</path>
  </target>
</pool>
XML
}

@test "pool-define-as: a fibre channel adapter has one parent" {
    run v pool-define-as n scsi --adapter-wwnn a --adapter-wwpn b \
        --adapter-parent-wwnn c --adapter-parent-wwpn d --adapter-parent-fabric-wwn e \
        --print-xml
    [[ "$output" == *"<adapter type='fc_host' parent_wwnn='c' parent_wwpn='d' wwnn='a' wwpn='b'/>"* ]]
}

@test "pool-define-as: names are data, never markup" {
    run v pool-define-as "n<&>'" dir --source-dev "a'b<" --target "/x'y" --print-xml
    [[ "$output" == *"<name>n&lt;&amp;&gt;&apos;</name>"* ]]
    [[ "$output" == *"<device path='a&apos;b&lt;'/>"* ]]
    v "pool-define-as 'n<&>' dir --target /x; pool-list --all --name" | grep -F 'n<&>'
}

@test "pool-define-as, vol-create-as: what means nothing is told to who is strict" {
    for words in "--auth-type chap --auth-username u" "--secret-usage x" \
        "--source-protocol-ver 4" "--adapter-wwnn a" "--adapter-parent x" \
        "--auth-type chap --auth-username u --secret-usage x"; do
        # shellcheck disable=SC2086
        v pool-define-as n dir --target /x $words --print-xml
        # shellcheck disable=SC2086
        run ! v --strict-exit pool-define-as n dir --target /x $words --print-xml
    done
    v vol-create-as default-pool d 1M --backing-vol-format raw --print-xml
    run ! v --strict-exit vol-create-as default-pool d 1M --backing-vol-format raw \
        --print-xml
}

@test "pool-create-as: options that exclude each other" {
    run ! v pool-create-as n dir --target /x --overwrite --no-overwrite --print-xml
    run ! v pool-define-as n dir --secret-usage a --secret-uuid b --print-xml
}

@test "pool-create-as: the pool runs" {
    run v "pool-create-as n dir --target /x; pool-list --transient --name"
    [ "$status" -eq 0 ]
    [[ "$output" == *"n "* || "$output" == *n ]]
}

@test "find-storage-pool-sources-as: what the driver finds" {
    run v find-storage-pool-sources-as netfs h
    [ "$status" -eq 0 ]
    [[ "$output" == *"<dir path='/testshare'/>"* ]]
    run ! v find-storage-pool-sources-as iscsi --initiator iqn.x
}

@test "vol-create-as: sizes are whole numbers with a unit" {
    run v vol-create-as default-pool d 1KB 1k --format qcow2 --print-xml
    [[ "$output" == *"<capacity>1000</capacity>"*"<allocation>1024</allocation>"* ]]
    run v vol-create-as default-pool d 15E --print-xml
    [[ "$output" == *"<capacity>17293822569102704640</capacity>"* ]]
    for size in 1Q 1.5M -1M 0x10 16E 18446744073709551616 '1 M' ''; do
        run ! v vol-create-as --pool default-pool --name d --print-xml -- "$size"
    done
}

@test "vol-create-as: a backing volume is found by name, its path is written" {
    run v "vol-create-as default-pool a 1M; vol-create-as default-pool c 1M \
        --backing-vol a --backing-vol-format raw --print-xml"
    [ "$status" -eq 0 ]
    [[ "$output" == *"<path>/default-pool/a</path>"*"<format type='raw'/>"* ]]
    run ! v vol-create-as default-pool c 1M --backing-vol nosuch --print-xml
}

@test "vol-clone, vol-create-from, vol-list, vol-delete" {
    v vol-create-as default-pool made 64M --print-xml >vol.xml
    run v "vol-create-as default-pool a 1M; vol-clone a b --pool default-pool;
        vol-create-from default-pool vol.xml a --inputpool default-pool;
        vol-delete a --pool default-pool; vol-list default-pool --details"
    [ "$status" -eq 0 ]
    [[ "$output" == *"b      /default-pool/b      file   1.00 MiB    1.00 MiB"* ]]
    [[ "$output" == *"made   /default-pool/made   file   64.00 MiB   64.00 MiB"* ]]
}

@test "vol-list --format json: raw numbers" {
    run v --format json "vol-create-as default-pool a 1M; vol-list default-pool --details"
    [ "$status" -eq 0 ]
    [[ "$output" == *'"capacity": 1048576'* || "$output" == *'"capacity":1048576'* ]]
}

@test "vol-upload: a length of -1 is all that fits, and no other option is negative" {
    run --separate-stderr v "vol-create-as default-pool a 1M; \
        vol-upload a /dev/null default-pool --length -1"
    [[ "$stderr" == *virStorageVolUpload* ]]
    run --separate-stderr v "vol-create-as default-pool a 1M; \
        vol-upload a /dev/null default-pool --offset -1"
    [[ "$stderr" == *"'-1'"* ]]
}

@test "pool-list: --all and --inactive exclude each other" {
    run ! v pool-list --all --inactive
}

@test "vol-resize: a negative size needs --shrink" {
    run --separate-stderr v "vol-create-as default-pool a 1M; \
        vol-resize --pool default-pool a -- -1M"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *--shrink* ]]
}

@test "vol-wipe: an unknown algorithm is refused" {
    run --separate-stderr v "vol-create-as default-pool a 1M; \
        vol-wipe a default-pool --algorithm bogus"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *bogus* ]]
}

@test "vol-download: a file that was there survives a failure, a new one goes" {
    echo kept >old
    run ! v "vol-create-as default-pool a 1M; vol-download a old default-pool"
    [ "$(cat old)" = kept ]
    run ! v "vol-create-as default-pool a 1M; vol-download a new default-pool"
    [ ! -e new ]
}

@test "volumes are looked for in the pool that was named" {
    run --separate-stderr v "pool-create-as other dir --target /o; \
        vol-create-as default-pool a 1M; vol-info /default-pool/a --pool other"
    [ "$status" -eq 1 ]
    [[ "$stderr" == *"'other'"* ]]
}
