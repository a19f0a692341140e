# SPDX-License-Identifier: LGPL-2.1-or-later
# The bash script: what is offered for a line, in a shell of its own.
bats_require_minimum_version 1.5.0

setup ()
{
    export PATH=$BIN:$PATH LIBVIRT_DEFAULT_URI=test:///default
    # shellcheck disable=SC1091
    source "$BIN/../completions/virtyard"
    # a table for the program with a row of every kind
    ln -sf "$BIN/../tests/engine-demo" "$BATS_TEST_TMPDIR/engine-demo"
    PATH=$BATS_TEST_TMPDIR:$PATH
    eval "_virtyard_table+=($(engine-demo --dump-options))"
    COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
}

# Only "complete" itself may call it.
compopt ()
{
    options+="$* "
}

# Breaks $1 as readline does; sets COMPREPLY.
offer ()
{
    local rest=$1 token
    COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=() options=
    while [[ -n $rest ]]; do
        rest=${rest#"${rest%%[! ]*}"}
        if [[ $rest == [=:]* ]]; then
            token=${rest%%[^=:]*}
        elif [[ $rest == \"* ]]; then
            token=$rest
        else
            token=${rest%%[ =:]*}
        fi
        COMP_WORDS+=("$token")
        rest=${rest#"$token"}
    done
    [[ $1 == *[\ =:] ]] && [[ ${COMP_WORDS[-1]} != "" ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _virtyard "${COMP_WORDS[0]}" || return
}

# offers LINE WORD...: exactly these
offers ()
{
    offer "$1"
    shift
    [ "${COMPREPLY[*]}" = "$*" ] || { printf '%s\n' "${COMPREPLY[@]}"; return 1; }
}

@test "commands are offered first, options only after a -" {
    offers "engine-demo " show list find fail work hang
    offers "engine-demo s" show
    offers "engine-demo list --n" --none
    offers "engine-demo list --no" --none
    offers "engine-demo list "
}

@test "options and choices start no process" {
    # shellcheck disable=SC2317
    engine-demo () { touch "$BATS_TEST_TMPDIR/called"; }
    offers "engine-demo show --mode " fast slow
    offers "engine-demo show --mode s" slow
    offers "engine-demo show --siz" --size
    [ ! -e "$BATS_TEST_TMPDIR/called" ]
}

@test "a value after = is offered without what stands before it" {
    offers "engine-demo show --mode=" fast slow
    offers "engine-demo show --mode=f" fast
    offers "engine-demo show --domain=te" test
}

@test "objects come from the connection that the line names" {
    offers "engine-demo show " test
    offers "engine-demo -c test:///default show " test
    offers "engine-demo -c nonsense:///x show "
    offers "engine-demo --connect=test:///default show t" test
}

@test "words after the option's value are the command's" {
    offers "engine-demo show --count 3 " test
    offers "engine-demo show --note " test
    offers "engine-demo show --size 3 --mo" --mode
}

@test "names with blanks and marks are quoted, and run nothing" {
    cat > "$BATS_TEST_TMPDIR/host.xml" <<'END'
<node>
<domain type='test'><name>two words</name><memory>1024</memory><os><type>hvm</type></os></domain>
<domain type='test'><name>$(touch x)</name><memory>1024</memory><os><type>hvm</type></os></domain>
</node>
END
    cd "$BATS_TEST_TMPDIR"
    LIBVIRT_DEFAULT_URI=test://$BATS_TEST_TMPDIR/host.xml
    offer "engine-demo show "
    [ ! -e x ]
    [[ " ${COMPREPLY[*]} " == *' two\ words '* ]]
    [[ " ${COMPREPLY[*]} " == *' \$\(touch\ x\) '* ]]
    offers "engine-demo show tw" 'two\ words'
    offers 'engine-demo show "two w' 'two words'
}

@test "virtyard hands on to the program of the command" {
    offer "virtyard "
    [[ " ${COMPREPLY[*]} " == *" host "* && " ${COMPREPLY[*]} " == *" help "* ]]
    offers "virtyard imag" image
    offers "virtyard host ch" check
    offers "virtyard -c test:///default host prepare --dr" --dry-run
    offers "virtyard --format=j" json
    offers "virtyard nosuch "
}

@test "virsh: globals, objects by state, what belongs to them, lists and files" {
    offers "virsh --read" --readonly
    offers "virsh -r -c test:///default domstate " test
    offers "virsh -c test:///default start "
    offers "virsh list --al" --all
    offers "virsh event --event lif" lifecycle
    offers "virsh vol-create-as default-pool x 1M --format qc" qcow2
    offers "virsh shutdown test --mode acpi,a" acpi,agent
    offers "virsh --format j" json
    cd "$BATS_TEST_TMPDIR"
    touch guest.xml
    offers "virsh define gue" guest.xml
    offers "virsh define --file gue" guest.xml
    [[ $options == *"-o filenames"* ]]
}

@test "virsh: options and words that are always the same start no process" {
    # shellcheck disable=SC2317
    virsh () { touch "$BATS_TEST_TMPDIR/called"; }
    offers "virsh dominf" dominfo
    offers "virsh dominfo --do" --domain
    offers "virsh net-event --event " lifecycle
    [ ! -e "$BATS_TEST_TMPDIR/called" ]
}

@test "the shell is left as it was" {
    local before=$IFS
    IFS=,
    offer "engine-demo show "
    [ "$IFS" = , ]
    IFS=$before
    [ -z "$(set -o posix; set | grep '^\(words\|cur\|key\)=')" ]
}

@test "sub-options, the words they may be, and objects" {
    offers "virt-install --disk path=/x,cache=wr" writethrough writeback
    offers "virt-install --disk=bus=sc" scsi
    offers "virt-install --graphics vn" vnc
    offers "virt-install --disk bus=scsi,driver.ca" scsi,driver.cache=
    [[ "$options" == *nospace* ]]
    offers "virt-xml test --edit --network network=de" default
    offers "virtyard explain --disk driver.disc" driver.discard= driver.discard_no_unref=
    # what stands there already is not offered again
    offers "virt-install --graphics vnc,defaultMode=any,defaultM"
}

@test "virt-install: systems, domains, files, keys" {
    offers "virt-install --virt-type qe" qemu
    offers "virt-install --autoconsole te" text
    offers "virt-install --unattended=profile=x,admin" x,admin-password-file=
    offers "virt-install --disk vol=defau" default-pool/
    [[ "$options" == *nospace* ]]
    mkdir "$BATS_TEST_TMPDIR/images"
    touch "$BATS_TEST_TMPDIR/images/a.qcow2"
    offers "virt-install --disk $BATS_TEST_TMPDIR/im" "$BATS_TEST_TMPDIR/images/"
    offers "virt-install --disk size=1,path=$BATS_TEST_TMPDIR/images/" \
        "$BATS_TEST_TMPDIR/images/a.qcow2"
    offers "virt-install --cdrom $BATS_TEST_TMPDIR/images/a" "$BATS_TEST_TMPDIR/images/a.qcow2"
}
