# Completion of seedvault's command line for fish. In ~/.config/fish/config.fish:
#   seedvault completion fish | source
# What fits is asked of the program itself; it never asks for a secret.
function __seedvault_complete
    set -l words (commandline -opc)
    set -l command $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    # Of --copy=DIR what follows the sign is completed.
    set -l before (string match -r -- '^--[a-z-]+=' "$current")
    set -l value (string replace -r -- '^--[a-z-]+=' '' "$current")
    for line in ($command __complete -- $words "$current" 2>/dev/null)
        switch $line
            case :files
                string replace -r -- '^' "$before" (__fish_complete_path "$value")
            case :folders
                string replace -r -- '^' "$before" (__fish_complete_directories "$value" '')
            case '*'
                printf '%s\n' "$before$line"
        end
    end
end
complete -c seedvault -f -a '(__seedvault_complete)'
