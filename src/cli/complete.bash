_clap_complete_alongside() {
    # Bash takes 19:30 and --minutes=60 apart. What has no space between it is one word.
    local IFS=$'\013' line=$COMP_LINE last=-1 before= at word words=()
    for ((at = 0; at <= COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        if [[ $last -lt 0 || $line == [[:space:]]* ]]; then
            last=$((last + 1)) before=
        else
            before=${words[last]}
        fi
        words[last]=$before$word
        line=${line#*"$word"}
    done
    words[last]=$before$2
    COMPREPLY=( $( \
        _CLAP_IFS="$IFS" \
        _CLAP_COMPLETE_INDEX="$last" \
        _CLAP_COMPLETE_COMP_TYPE="$COMP_TYPE" \
        _CLAP_COMPLETE_SPACE=false \
        ALONGSIDE_COMPLETE=bash \
        alongside -- "${words[@]}" \
    ) )
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    # A folder or a name that goes on has no space behind it.
    if [[ ${COMPREPLY-} == *[=/:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -F _clap_complete_alongside alongside
