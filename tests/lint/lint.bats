#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# what can be said of the sources without running them

setup () {
    cd "$BATS_TEST_DIRNAME/../.."
}

# the files that are the project's, with or without a repository around them
sources () {
    find lib cmd tests -name "$1" -type f | sort
}

public_headers () {
    find lib -maxdepth 1 -name '*.h' ! -name '*-private.h' | sort
}

# compile_alone COMPILER… : each public header as a whole source
compile_alone () {
    local header flags
    flags=$(pkg-config --cflags gio-unix-2.0 libvirt libxml-2.0)
    for header in $(public_headers); do
        echo "$header"
        # shellcheck disable=SC2086
        echo "#include \"${header#lib/}\"" | "$@" -Wall -Wextra -Werror -Ilib $flags \
            -fsyntax-only -
    done
}

@test "every public header compiles alone as C17" {
    compile_alone cc -std=c17 -x c
}

@test "every public header compiles alone as C++17" {
    compile_alone c++ -std=c++17 -x c++
}

@test "virtyard.h includes every public header once" {
    diff <(sed -n 's/^#include "\(.*\)"/\1/p' lib/virtyard.h | sort) \
        <(public_headers | sed 's,lib/,,' | grep -v -e '^virtyard.h$' -e '^vy-api.h$' | sort)
}

@test "declared, documented, listed and exported symbols are the same" {
    tests/lint/exports "$BUILD/lib/libvirtyard.so"
}

@test "C sources are laid out as .clang-format says" {
    command -v clang-format >/dev/null || skip "clang-format is not installed"
    case $(clang-format --version) in
        *" 14."*) ;;
        *) skip "another clang-format than 14 lays out differently" ;;
    esac
    sources '*.[ch]' | xargs clang-format --dry-run --Werror
}

@test "shell scripts pass shellcheck" {
    command -v shellcheck >/dev/null || skip "shellcheck is not installed"
    grep -rlE '^#!.*\b(ba)?sh$' .ci tests --include='*' | xargs shellcheck -x
}

@test "every source says its licence in its first lines" {
    local file bad=
    for file in $(sources '*.[ch]'); do
        head -n 2 "$file" | grep -q 'SPDX-License-Identifier: LGPL-2.1-or-later' ||
            bad+=" $file"
    done
    echo "without:$bad"
    [ -z "$bad" ]
}

@test "the library neither prints nor ends the process" {
    ! grep -nE '\b(printf|puts|putchar|g_print|g_printerr|exit|_exit|abort) \(' lib/*.c |
        grep -vE '(snprintf|g_strdup_printf)'
}

@test "recovery knows every kind of step" {
    diff <(sed -nE 's/^(static )?const VyStepKind (\w+) = .*/\2/p' lib/*.c | sort) \
        <(sed -nE 's/^    \{ &(\w+), VY_UNDO_.*/\1/p' lib/vy-plan-kinds.c | sort)
}

@test "at the top level is what the design has, and nothing else" {
    local name names
    [ -e .git ] || skip "this is no checkout: what is built cannot be told from sources"
    names=$(git -c safe.directory='*' ls-files | cut -d/ -f1 | sort -u)
    [ -n "$names" ]
    for name in $names; do
        echo "$name"
        case $name in
            .* | cmd | lib | man | completions | tests) ;;
            CMakeLists.txt | README.md | CONTRIBUTING.md | COPYING) ;;
            *) return 1 ;;
        esac
    done
}

@test "each command that reports has its section in the page of reports" {
    tests/lint/reports man/json.cmake
}
