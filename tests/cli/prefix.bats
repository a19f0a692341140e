#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# what is installed: programs, library, modules, pages, completions, all of them found

bats_require_minimum_version 1.5.0

setup_file () {
    export ROOT=$BATS_FILE_TMPDIR/root
    DESTDIR=$ROOT cmake --install "$BUILD" >/dev/null
    PREFIX=$ROOT$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$BUILD/CMakeCache.txt")
    LD_LIBRARY_PATH=$(dirname "$(find "$ROOT" -name libvirtyard.so)")
    export PREFIX LD_LIBRARY_PATH LIBVIRT_DEFAULT_URI=test:///default
}

@test "the installed programs find the library, the modules and each other" {
    # from where they are, wherever that was moved
    unset LD_LIBRARY_PATH
    run -0 "$PREFIX/bin/virtyard" os show fedora36
    [[ "$output" == *fedora36* ]]
    run -0 "$PREFIX/libexec/virtyard/compat/virsh" list --name
    [[ "$output" == *test* ]]
    # an index that is not there yet needs the module of libosinfo
    ldd "$(find "$ROOT" -name vy-osinfo.so)" | grep -q libvirtyard
}

@test "programs start with no library that a module is for" {
    local object heavy
    heavy=$(for object in "$(dirname "$LD_LIBRARY_PATH/x")"/virtyard/*.so; do
        readelf -d "$object" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p'
    done | grep -E 'smartcols|readline|archive|curl|crypt|osinfo' | sort -u)
    [ "$(wc -l <<<"$heavy")" -eq 6 ]
    heavy+=$'\nlibvirt-qemu.so.0\nlibvirt-lxc.so.0'
    for object in "$PREFIX"/bin/* "$PREFIX"/libexec/virtyard/compat/* \
        "$LD_LIBRARY_PATH/libvirtyard.so"; do
        echo "$object"
        run -0 readelf -d "$object"
        # an empty entry is the current folder, searched for every library
        [[ "$output" != *RUNPATH*@(\[:|::|:\])* ]]
        run -1 grep -F "$heavy" <<<"$(grep NEEDED <<<"$output")"
    done
}

@test "the dispatcher starts without the library and libvirt" {
    run -0 readelf -d "$PREFIX/bin/virtyard"
    [[ "$output" == *NEEDED*libglib* ]]
    [[ "$output" != *libvirt* ]]
}

@test "every program has its page and its completion" {
    local program name
    for program in "$PREFIX"/bin/* "$PREFIX"/libexec/virtyard/compat/*; do
        name=$(basename "$program")
        echo "$name"
        find "$PREFIX" -name "$name.1" | grep -q .
        case $program in
            "$PREFIX"/bin/*) [ -e "$PREFIX/share/bash-completion/completions/$name" ] ;;
        esac
    done
}

@test "a program of somebody else is built with pkg-config's words" {
    command -v pkg-config >/dev/null || skip "pkg-config is not installed"
    ! grep -q '^SANITIZE:BOOL=ON' "$BUILD/CMakeCache.txt" ||
        skip "a library with sanitizers is not for other programs"
    local pc
    pc=$(dirname "$(find "$ROOT" -name libvirtyard.pc)")
    cat >"$BATS_TEST_TMPDIR/size.c" <<'C'
#include <stdio.h>
#include <virtyard.h>
int
main (void)
{
    guint64 bytes = 0;

    if (!vy_size_parse ("2G", 1, &bytes, NULL))
        return 1;
    printf ("%" G_GUINT64_FORMAT "\n", bytes);
    return 0;
}
C
    # shellcheck disable=SC2046
    cc -o "$BATS_TEST_TMPDIR/size" \
        "$BATS_TEST_TMPDIR/size.c" -I"$PREFIX/include/virtyard" -L"$LD_LIBRARY_PATH" \
        $(PKG_CONFIG_PATH=$pc pkg-config --cflags --libs libvirtyard)
    run -0 "$BATS_TEST_TMPDIR/size"
    [ "$output" = 2147483648 ]
}
