#!/usr/bin/env bats
# virtyard-seed: what is in the image, and who can read it

setup() {
    bats_require_minimum_version 1.5.0
    cd "$BATS_TEST_TMPDIR"
    echo 'ssh-ed25519 AAAA me@here' > key.pub
    echo 'hunter2' > password
}

seed() {
    "$BIN/virtyard-seed" "$@"
}

@test "seed: an image for its owner only, with the label cloud-init looks for" {
    run --separate-stderr seed web1.iso --hostname web1 --user-ssh-key key.pub
    [ "$status" -eq 0 ]
    [[ "$output" == *web1.iso* ]]
    [ "$(stat -c %a web1.iso)" = 600 ]
    if command -v blkid >/dev/null; then
        [ "$(blkid -p -s LABEL -o value web1.iso)" = cidata ]
    fi
    if command -v bsdtar >/dev/null; then
        bsdtar -xOf web1.iso user-data | grep -q 'ssh-ed25519 AAAA me@here'
        bsdtar -xOf web1.iso meta-data | grep -q 'local-hostname: "web1"'
    fi
}

@test "seed: a file that is there is kept, status 4" {
    echo mine > web1.iso
    run --separate-stderr seed web1.iso
    [ "$status" -eq 4 ]
    [ "$(cat web1.iso)" = mine ]
}

@test "seed: a password of a file is never in it, nor said" {
    run seed web1.iso --root-password-file password
    [ "$status" -eq 0 ]
    [[ "$output" != *hunter2* ]]
    ! grep -q hunter2 web1.iso
    grep -q 'root:$6\$' web1.iso
}

@test "seed: a generated password is said once" {
    run --separate-stderr seed web1.iso --generate-root-password --format json
    [ "$status" -eq 0 ]
    password=$(grep -o '"root_password": *"[^"]*"' <<< "$output" | cut -d'"' -f4)
    [ "${#password}" -eq 16 ]
    ! grep -q "$password" web1.iso
}

@test "seed: --print makes nothing" {
    run --separate-stderr seed web1.iso --disable --print
    [ "$status" -eq 0 ]
    [[ "$output" == *'#cloud-config'* ]]
    [ ! -e web1.iso ]
}

@test "seed: contradictions and missing files" {
    run seed web1.iso --root-password-file password --generate-root-password
    [ "$status" -eq 2 ]
    run seed web1.iso --user-data key.pub --disable
    [ "$status" -eq 2 ]
    run seed web1.iso --user-data nosuch
    [ "$status" -eq 3 ]
    [ ! -e web1.iso ]
}
