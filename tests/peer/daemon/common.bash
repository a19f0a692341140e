# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# command lines on a daemon: what the machine's own programs make there, and ours

load ../common
load ../../guest/common

# The machine's own programs may be older than release 5.1, which ours follow. All that is
# known to differ stands here and in canonical. What the newer release does by itself is
# asked of the older by words, in every line that does not say it:
#   - an emulated guest gets the processor with all that the emulation knows (not i686)
#   - i686 keeps the machine type that libvirt names first, x86_64 alone gets q35
# Lines of these suites keep away from what no words ask for:
#   - a guest of aarch64 has a display (here: --graphics none)
#   - --panic default leaves the model to libvirt (here: --panic isa)
#   - a clone whose console is written to a file gets a file of its own, which is ours alone
# peer_words PROGRAM WORD… is a hook of common.bash.
peer_words () {
    local line=" $* "
    newer=()
    [ "$1" = virt-install ] || return 0
    case $line in
        *\ --arch\ i686\ *) newer=(--machine "$(virsh domcapabilities --arch i686 |
            sed -n 's|.*<machine>\(.*\)</machine>|\1|p')") ;;
        *\ --cpu[\ =]*) ;;
        *) newer=(--cpu mode=maximum) ;;
    esac
}

# host_of_images: a pool for them, as a host has that was used before
host_of_images () {
    virsh pool-info default >/dev/null 2>&1 && return
    virsh -q pool-define-as default dir --target "$IMAGES"
    virsh -q pool-start default
}

# web_server DIR: http://127.0.0.1:8080 serves it
web_server () {
    (cd "$1" && exec python3 -m http.server 8080 --bind 127.0.0.1) \
        >"$BATS_FILE_TMPDIR/http.log" 2>&1 3>&- &
    echo $! >"$BATS_FILE_TMPDIR/http.pid"
    until_true 20 eval '(: </dev/tcp/127.0.0.1/8080) 2>/dev/null'
}

web_server_ends () {
    [ ! -e "$BATS_FILE_TMPDIR/http.pid" ] || kill "$(cat "$BATS_FILE_TMPDIR/http.pid")"
}

# private_systems: fedora29 of the database, but its tree lies on the web server
private_systems () {
    export OSINFO_USER_DIR=$BATS_FILE_TMPDIR/osinfo
    mkdir -p "$OSINFO_USER_DIR/os/fedoraproject.org"
    sed 's|<url>[^<]*</url>|<url>http://127.0.0.1:8080/</url>|' \
        /usr/share/osinfo/os/fedoraproject.org/fedora-29.xml \
        >"$OSINFO_USER_DIR/os/fedoraproject.org/fedora-29.xml"
}

# made: the files of the pool
made () { (cd "$IMAGES" && find . -type f -printf '%f\n' | sort); }

# install_really PROGRAM OUT WORD… : the guest is installed and runs; its definition, what
# was made for it and what that is go to OUT; then it is gone
install_really () {
    local program=$1 out=$2 file
    shift 2
    made >"$out.before"
    "$program" --connect qemu:///system --virt-type qemu --name started --noautoconsole \
        "$@" </dev/null >"$out.log" 2>&1 ||
        { echo "refused: $program $*"; tail -3 "$out.log"; return 1; }
    [ "$(virsh domstate started)" = running ] || { echo "does not run: $*"; return 1; }
    virsh dumpxml --inactive started >"$out"
    virsh -q destroy started
    virsh -q undefine --nvram started
    made | comm -13 "$out.before" - >"$out.made"
    while read -r file; do
        qemu-img info "$IMAGES/$file" | sed '/^disk size/d' >>"$out.images"
        rm "$IMAGES/$file"
    done <"$out.made"
    virsh -q pool-refresh default
}

# started_lines: each line of stdin is installed by the peer and by ours
started_lines () {
    local line failed=0 count=0 at=$BATS_TEST_TMPDIR
    local -a words
    while IFS= read -r line; do
        count=$((count + 1))
        eval "words=($line)"
        rm -f "$at"/{theirs,ours}.images
        : >"$at/theirs.images"
        : >"$at/ours.images"
        peer_words virt-install "${words[@]}"
        if install_really "$(peer virt-install)" "$at/theirs" "${words[@]}" "${newer[@]}" &&
            install_really "$BIN/virt-install" "$at/ours" "${words[@]}" &&
            equal "$line" "$at/theirs" "$at/ours" &&
            diff -u "$at/theirs.images" "$at/ours.images"; then
            continue
        fi
        echo "differs: $line"
        failed=$((failed + 1))
        virsh -q destroy started || :
        virsh -q undefine --nvram started || :
    done 2>&1
    echo "$count command lines, $failed differ"
    [ "$failed" -eq 0 ]
}
