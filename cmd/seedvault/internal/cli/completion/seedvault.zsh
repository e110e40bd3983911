#compdef seedvault
# Completion of seedvault's command line for zsh. In ~/.zshrc, after compinit:
#   source <(seedvault completion zsh)
# or put this into a file _seedvault in a folder of $fpath. What fits is asked of
# the program itself; it never asks for a secret.
_seedvault() {
	local line
	local -a found
	local asked=("${(@Q)words[2,CURRENT]}")
	[[ $words[CURRENT] == --*=* ]] && compset -P '*='
	for line in "${(@f)$("${(Q)words[1]}" __complete -- "${(@)asked}" 2>/dev/null)}"; do
		case $line in
		:files) _files ;;
		:folders) _files -/ ;;
		*$'\t'*) found+=("${line%%$'\t'*}:${line#*$'\t'}") ;;
		?*) found+=("$line") ;;
		esac
	done
	(( $#found == 0 )) || _describe -V seedvault found
}
if [[ ${funcstack[1]-} == _seedvault ]]; then
	_seedvault "$@"
else
	compdef _seedvault seedvault
fi
