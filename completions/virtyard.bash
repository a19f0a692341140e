# SPDX-License-Identifier: LGPL-2.1-or-later
# Bash completion of virtyard and its programs: options from tables, objects asked.
# shellcheck shell=bash

# "PROGRAM", "PROGRAM COMMAND": options; "PROGRAM:": commands. See cli-dump.c.
# shellcheck disable=SC2190
declare -gA _virtyard_table=(
@TABLES@)

# Joins what readline broke at "=" and ":" again: sets words and cur.
_virtyard_words ()
{
    local i word rest=${COMP_LINE:0:COMP_POINT} glued=
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $rest == [[:space:]]* ]]; then
            glued=
            rest=${rest#"${rest%%[![:space:]]*}"}
        fi
        # the last one ends at the cursor
        ((i == COMP_CWORD)) && word=$rest
        if [[ -n $glued && ${#words[@]} -gt 0 ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        rest=${rest#"$word"}
        glued=1
    done
    cur=${words[-1]}
}

# Without the quotes that the user typed.
_virtyard_unquote ()
{
    local text=$1
    case $text in
        \"*) text=${text#\"} text=${text%\"} ;;
        \'*) text=${text#\'} text=${text%\'} ;;
        *) text=${text//\\/} ;;
    esac
    REPLY=$text
}

# The entry of option $2 in the list $1: sets kind to what stands after its name.
_virtyard_option ()
{
    local entry
    for entry in $1; do
        if [[ ${entry%%=*} == "$2" ]]; then
            kind=${entry#"$2"}
            return 0
        fi
    done
    return 1
}

# Offers the words of $1 that begin with what is typed after prefix $2.
_virtyard_offer ()
{
    local word
    for word in $1; do
        [[ $2$word == "$cur"* ]] && COMPREPLY+=("$2$word")
    done
}

_virtyard_files ()
{
    local prefix=$1 file
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do
        COMPREPLY+=("$prefix$file")
    done < <(compgen -f -- "${cur#"$prefix"}")
}

# Asks the program; only here a process is started.
_virtyard_ask ()
{
    local name names=()
    mapfile -t names < <("$program" "${hidden[@]}" --complete -- "${asked[@]}" \
        2>/dev/null </dev/null)
    for name in "${names[@]}"; do
        [[ $name == "$typed"* ]] || continue
        if [[ $name == *[=,/] ]]; then
            compopt -o nospace 2>/dev/null
        elif [[ $cur != [\"\']* && $name == *[!A-Za-z0-9_@%+=:,./-]* ]]; then
            printf -v name %q "$name"
        fi
        COMPREPLY+=("$name")
    done
}

# The value of an option, of kind "=...", after prefix $2.
_virtyard_value ()
{
    local choices=${1#=}
    if [[ $choices == @ ]]; then
        _virtyard_files "$2"
    elif [[ -n $choices && $choices != \? ]]; then
        _virtyard_offer "${choices//|/ }" "$2"
    else
        _virtyard_ask
    fi
}

# Which program the words of "virtyard" are for: sets key, start, hidden and before.
_virtyard_dispatch ()
{
    local i word kind
    for ((i = 1; i < ${#words[@]} - 1; i++)); do
        word=${words[i]}
        if [[ $word == -* ]]; then
            before+=("$word")
            if _virtyard_option "${_virtyard_table[virtyard]}" "$word" && [[ -n $kind ]]; then
                ((++i < ${#words[@]} - 1)) && before+=("${words[i]}")
            fi
            continue
        fi
        start=$((i + 1)) hidden=("$word")
        if [[ $word == virsh ]]; then
            key=virsh
        elif [[ -n ${_virtyard_table[virtyard-$word]+x} ]]; then
            key=virtyard-$word
        elif [[ -n ${_virtyard_table[virt-$word]+x} ]]; then
            key=virt-$word
        elif [[ -n ${_virtyard_table[virsh $word]+x} ]]; then
            key=virsh start=$i hidden=(virsh)
        elif [[ $word != help ]]; then
            key=
        fi
        return
    done
}

# Walks over the words that are complete: sets command, pending and place.
_virtyard_walk ()
{
    local i word kind options=${_virtyard_table[$key]-}
    for ((i = start; i < ${#words[@]} - 1; i++)); do
        word=${words[i]}
        if [[ -n $pending ]]; then
            pending=
        elif [[ $word == -- ]]; then
            continue
        elif [[ $word == -?* ]]; then
            if [[ $word != *=* ]] && _virtyard_option "$options" "$word"; then
                [[ $kind == "=?" ]] || pending=$kind
            fi
        elif [[ -z $command && -n ${_virtyard_table[$key:]+x} ]]; then
            command=$word
            options="${_virtyard_table[$key $word]-} $options"
        else
            ((place++))
        fi
    done
    table=$options
}

# The word without a name at this place: a file, or something to ask for.
_virtyard_word ()
{
    local entry n=0
    for entry in $table; do
        [[ $entry == :* ]] || continue
        if ((n++ == place)) || [[ $entry == *... ]]; then
            case $entry in
                :@*) _virtyard_files "" ;;
                *) _virtyard_ask ;;
            esac
            return
        fi
    done
}

# Only what stands after the last break is replaced by readline.
_virtyard_trim ()
{
    local i n tail char breaks=
    for char in = : @; do
        [[ $COMP_WORDBREAKS == *"$char"* ]] && breaks+=$char
    done
    [[ -n $breaks ]] || return 0
    tail=${cur##*["$breaks"]}
    n=$((${#cur} - ${#tail}))
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]:n}
    done
}

_virtyard_options ()
{
    local entry
    for entry in $table; do
        entry=${entry%%=*}
        [[ $entry == --* && $entry == "$cur"* ]] && COMPREPLY+=("$entry")
    done
}

_virtyard_last ()
{
    local kind=
    if [[ -n $pending ]]; then
        _virtyard_value "$pending" ""
    elif [[ $cur == --*=* ]]; then
        _virtyard_option "$table" "${cur%%=*}" && _virtyard_value "$kind" "${cur%%=*}="
    elif [[ $cur == -* ]]; then
        _virtyard_options
    elif [[ $key == virtyard ]]; then
        _virtyard_offer "${_virtyard_table[virtyard:]} ${_virtyard_table[virsh:]-}" ""
    elif [[ -z $command && -n ${_virtyard_table[$key:]+x} ]]; then
        _virtyard_offer "${_virtyard_table[$key:]}" ""
    else
        _virtyard_word
    fi
}

_virtyard ()
{
    local IFS=$' \t\n' REPLY word
    local program=$1 key=${1##*/} start=1 command='' pending='' place=0 table='' cur=''
    local typed=''
    local words=() asked=() hidden=() before=()

    COMPREPLY=()
    _virtyard_words
    [[ $key == virtyard ]] && _virtyard_dispatch
    [[ -n $key ]] || return 0
    _virtyard_walk
    for word in "${before[@]}" "${words[@]:start}"; do
        _virtyard_unquote "$word"
        asked+=("$REPLY")
    done
    _virtyard_unquote "$cur"
    typed=$REPLY
    _virtyard_last
    _virtyard_trim
    return 0
}

complete -F _virtyard @NAMES@
