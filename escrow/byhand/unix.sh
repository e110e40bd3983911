#: begin
sh
umask 077; export LC_ALL=C
K=$(mktemp -d /dev/shm/key.XXXXXX 2> /dev/null || mktemp -d)
if command -v sha256sum > /dev/null; then sum() { sha256sum "$@"; }
else sum() { shasum -a 256 "$@"; }; fi
show() { tr -d '\000-\010\013-\037\177' | sed "$(printf 's/\302[\200-\237]//g')"; }
#: compare
for E in [1-9]*-*; do echo "$E"
sum < "$E/vault.txt" | cut -c1-32 | sed 's/..../& /g'; done | show
#: key typed
cat > "$K/my.key"
#: key file
echo 'the path of the key file:'; read -r F; cp "$F" "$K/my.key"
#: passphrase
for k in [1-9]*-*/holders/*/key-*.age; do echo "$k" | show
age -d "$k" >> "$K/my.key"; done
#: shares
for s in [1-9]*-*/holders/*/share-*.age; do
age -d -i "$K/my.key" "$s" > my.share 2> /dev/null && break; done
#: join
cat ./*.share | python3 join.py > "$K/my.key"
#: open
for s in [1-9]*-*/holders/*/slot-*.age; do E=${s%%/*}
age -d -i "$K/my.key" -o "$K/try" "$s" 2> /dev/null || continue
R=$(age-keygen -y "$K/try" | tr -d '\n' | sum | cut -c1-64)
grep -q "^recipient-sha256 $R" "$E/vault.txt" && cp "$K/try" "$K/$E"; done
for E in [1-9]*-*; do test -f "$K/$E" && test -f "$E/old.age" &&
age -d -i "$K/$E" "$E/old.age" >> "$K/older"; done
#: read
for f in [1-9]*-*/seeds/*.age; do echo "== $f"
I=$K/${f%%/*}; test -f "$I" || I=$K/older
age -d -i "$I" "$f" | sed '/^$/d'; done | show
#: draw
for f in [1-9]*-*/seeds/*.age; do
I=$K/${f%%/*}; test -f "$I" || I=$K/older
U=$(age -d -i "$I" "$f" | head -n 1); echo "$U" | show
printf %s "$U" | qrencode -t ansiutf8; done
#: verify
signed() { echo "v $(sed -n 's/^signer //p' "$1/vault.txt")" > "$K/signers"
ssh-keygen -Y verify -f "$K/signers" -I v -n "seedvault-$2" -s "$3" < "$4" > /dev/null 2>&1; }
for E in [1-9]*-*; do echo "== $E" | show
for S in "$E"/seals/*.txt; do signed "$E" seal "$S.sig" "$S" && cat "$S"; done > "$K/sealed"
sed -n 's/^# retired \(.*\) \([0-9a-f]*\)$/\2  \1/p' "$K/sealed" | sort -u > "$K/removed"
grep -v '^#' "$K/sealed" | sort -u | comm -23 - "$K/removed" | sum -c | show
sed -n 's/^# after [0-9]*-//p' "$K/sealed" | sort -u | while read -r A; do
grep -Eq "^# (includes|lost [0-9]+-) ?$A\$" "$K/sealed" ||
{ S=$(ls "$E"/seals/*-$A.txt 2> /dev/null) && signed "$E" seal "$S.sig" "$S"; } ||
echo "seal $A is missing"; done; done
#: follow
for E in [1-9]*-*; do for P in [1-9]*-*; do for S in "$E/vault.txt.sig" "$E/vault.txt.sig-$P"; do
signed "$P" epoch "$S" "$E/vault.txt" && echo "$P has signed $E" | show; done; done; done
#: end
rm -rf "$K"; rm -f my.share; exit
