# A stage for plays in a real terminal: tmux in xterm on a virtual display, a fresh
# clone, an empty HOME. A play sets language and here, and sources it. Needs: go, git,
# tmux, xterm, Xvfb, imagemagick, zbarimg, oathtool, python3, and for ja a font with
# Japanese.
stage=$(mktemp -d)
size=${SIZE:-84x30}
display=":$((RANDOM % 500 + 100))"
session="seedvault-$$"
pids=()
cleanup() {
	tmux -L "$session" kill-server 2>/dev/null || true
	for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done
	wait 2>/dev/null || true
	rm -rf "$stage" 2>/dev/null || { sleep 1; rm -rf "$stage"; } # the shell may write its last words
}
trap cleanup EXIT

git clone -q "$here" "$stage/clone"
(cd "$stage/clone" && go build -o "$stage/bin/seedvault" ./cmd/seedvault)
mkdir "$stage/home" "$stage/tmp"
cp "$stage/clone/testdata/images/screenshot.png" "$stage/home/my screenshot.png"

Xvfb "$display" -screen 0 1200x1000x24 >/dev/null 2>&1 &
pids+=($!)
sleep 1
locale=C.UTF-8; [ "$language" = ja ] && locale=ja_JP.UTF-8
DISPLAY=$display xterm -u8 -fa 'DejaVu Sans Mono' -fs 10 -bg '#202020' -fg '#d0d0d0' -geometry "$size+0+0" -e \
	tmux -L "$session" -f /dev/null new-session -s story \
	"env -i USER=anna HOME='$stage/home' TMPDIR='$stage/tmp' PATH='$stage/bin:/usr/bin:/bin' TERM=screen-256color LANG=$locale PS1='\$ ' HISTFILE='$stage/history' bash --norc --noprofile" &
pids+=($!)
for _ in $(seq 50); do tmux -L "$session" has-session 2>/dev/null && break; sleep 0.1; done
tmux -L "$session" set -g status off
tmux -L "$session" set -g history-limit 50000
tmux -L "$session" send-keys -t story 'cd; clear' Enter

# What is on the screen, as text: a space on black ground is a full block.
text() {
	tmux -L "$session" capture-pane -e -p -t story | python3 -c '
import re, sys
black = False
for part in re.split("(\x1b\\[[0-9;]*m)", sys.stdin.read()):
    if part.startswith("\x1b"):
        black = "48;5;16m" in part or black and "48" not in part and "49" not in part and part not in ("\x1b[m", "\x1b[0m")
    else:
        print(part.replace(" ", "█") if black else part, end="")'
}
screen() { text | sed -e "s,$stage/home,~,g" -e 's/ *$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }
await() { # regexp: waits until the screen, its lines joined, shows it
	for _ in $(seq 150); do
		screen | tr -s '\n ' ' ' | grep -qE -- "$1" && return
		sleep 0.2
	done
	{ echo "the screen never showed: $1"; screen; } >&2
	exit 1
}
show() { printf -- '---- %s\n' "$1"; screen; printf '\n'; }
enter() { tmux -L "$session" send-keys -t story -l -- "$1"; tmux -L "$session" send-keys -t story Enter; }
run() { commands=$((${commands:-0} + 1)); tmux -L "$session" send-keys -t story "clear -x" Enter; await '^\$ *$'; enter "$1"; }
night() { # title: begins to count
	printf '==== %s\n\n' "$1"
	began=$(date +%s) keys=0 questions=0 commands=0
}
answer() { # text: to a question
	keys=$((keys + ${#1} + 1)) questions=$((questions + 1))
	enter "$1"
}
counted() {
	printf '(%d commands; %d questions answered with %d keys; %d seconds)\n\n' "$commands" "$questions" "$keys" $(($(date +%s) - began))
}
nothing_left() { # secret...: neither on the screen, nor above it, nor in the shell's history
	tmux -L "$session" capture-pane -p -J -S - -t story >"$stage/scrollback"
	enter exit
	sleep 1
	grep -q seedvault "$stage/history" || { echo 'the shell kept no history' >&2; exit 1; }
	local secret
	for secret; do
		grep -lF -- "$secret" "$stage/scrollback" "$stage/history" >&2 && { echo 'a secret is left there' >&2; exit 1; }
	done
	printf '(%d lines of scrollback and %d of history: no secret in them)\n\n' "$(wc -l <"$stage/scrollback")" "$(wc -l <"$stage/history")"
}
phone() { # key seconds-off [oathtool's flags]: the code that the phone shows
	local key=$1 off=$2; shift 2
	printf '%s' "$key" | oathtool -b "${@:---totp}" -N "$(date -u -d "$off seconds" '+%F %T UTC')" -
}
fresh() { while [ $(($(date +%s) % 30)) -gt 24 ]; do sleep 1; done; } # time enough to type
read_screen() { # text: the picture of the terminal holds a QR code that says it
	sleep 1
	DISPLAY=$display import -window root "$stage/terminal.png"
	cp "$stage/terminal.png" "${PICTURE:-/dev/null}"; zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable "$stage/terminal.png" >"$stage/read" || true
	grep -qF -- "$1" "$stage/read" || { echo "zbarimg reads something else from the picture:" >&2; cat "$stage/read" >&2; exit 1; }
	printf '(zbarimg reads the code from a picture of the terminal: %s...)\n\n' "${1:0:40}"
}
