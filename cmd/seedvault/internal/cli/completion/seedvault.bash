# Completion of seedvault's command line for bash. In ~/.bashrc:
#   source <(seedvault completion bash)
# What fits is asked of the program itself; it never asks for a secret. Words from
# a vault are made of letters, digits and ._@+- alone, and are never evaluated.
_seedvault() {
	local i line cur="" words=()
	for ((i = 1; i <= COMP_CWORD; i++)); do
		line=${COMP_WORDS[i]}
		# readline breaks words at "=", so that --copy=DIR comes as three.
		if ((i > 1)) && [[ $line == = || ${COMP_WORDS[i - 1]} == = ]]; then
			words[${#words[@]} - 1]+=$line
		else
			words+=("$line")
		fi
		cur=$line
	done
	[[ $cur != = ]] || cur=""
	COMPREPLY=()
	while IFS= read -r line; do
		case $line in
		:files) compopt -o default -o bashdefault ;;
		:folders) compopt -o dirnames -o plusdirs ;;
		*)
			line=${line%%$'\t'*}
			# After "=" readline replaces only what follows it.
			COMPREPLY+=("$line")
			;;
		esac
	done < <("$1" __complete -- "${words[@]}" 2>/dev/null)
}
complete -F _seedvault seedvault
