package speech

// englishHelp are the help texts: what a verb does, how it is typed, its flags,
// and an example that works.
var englishHelp = map[Message]string{
	UsageApp: "keeps TOTP seeds for several holders, and draws their QR codes again",

	HelpApp: `seedvault keeps the seeds of two-factor authentication (TOTP) encrypted to
several holders, and draws their QR codes again when the phone is gone.

usage: seedvault [flags] VERB [flags] [names]

set up    tour     play the whole story in a temporary folder
          init     make a vault and its holders
          open     confirm a vault's fingerprint here, or bring a copy
          add      save seeds from screenshots of QR codes, or from a pipe
use       list     the seeds of the vault
          code     the present code of a seed, or of all
          restore  the QR code of a seed, for a new phone
          guide    no backup: the way in by the service itself, step by step
keep      check    what is damaged, missing, or would not survive a loss
          drill    prove that a holder alone opens the vault or a copy
          accept   take in what was added without a key
          edit     change what is kept of a seed, or give it a new secret
          remove   take seeds out, or bring them back
          holder   who can open the vault, and more of them: list, add
          copy     other places for the vault: add, list, sync, remove
          rotate   a new key for the vault, without those who leave
shell     completion  complete verbs and names: completion bash|zsh|fish

flags for every verb:
  --vault DIR|NAME        the vault's folder, or the name that init or open gave
                          it with --as (also SEEDVAULT_DIR; by default in the
                          user's data folder)
  -i, --identity FILE     a key file that opens it: age, age plugin or SSH,
                          locked or not; may be repeated
  --passphrase-file FILE  a file with a passphrase or a paper key
  --holder NAME           whose passphrase it is, where several have one
  --share FILE|-          a share of a quorum that somebody sent; repeatable
  --lang en|ja            the language (else LC_ALL, LC_MESSAGES or LANG)
  -h, --help              this text, or with a verb the verb's
  -v, --version           the version

exit status: 0 done, 1 failed, 2 used wrongly, 3 check found something

Begin with: seedvault tour`,

	HelpTour: `usage: seedvault tour

Plays the whole story in a temporary folder: a vault with a passphrase, a paper
key and a friend's age key, a seed from a screenshot, its code, a copy, the loss
of everything else, and the way back by each holder. Each step is told with the
command one would type, and every result is checked. It asks nothing, needs no
terminal and leaves nothing behind.`,

	HelpInit: `usage: seedvault init [-r [NAME=]RECIPIENT]... [--passphrase NAME]
                      [--paper NAME] [--out FILE] [--device NAME]
                      [--quorum NAME=M --member NAME=RECIPIENT|paper...]
                      [--shares DIR] [--text] [--post-quantum] [--as NAME]

Makes a vault and its holders. Without flags it makes two: a passphrase called
words and a paper key called paper.

  -r, --recipient [NAME=]RECIPIENT  somebody's key: age1..., age1pq1..., the
                                    age1NAME1... of an age plugin, or an
                                    ssh-ed25519 or ssh-rsa public key
  --passphrase NAME                 six words are made and shown once; or your
                                    own, 16 characters or more, from
                                    --passphrase-file FILE
  --paper NAME                      a key to write down, shown once
  --out FILE                        writes it to a file instead, as a sheet: a
                                    page to print if the name ends in .html,
                                    else text
  --device NAME                     a key kept on this PC, which then opens the
                                    vault unasked; it is no second way in
  --quorum NAME=M                   any M of its members open the vault together
  --member NAME=RECIPIENT|paper     a member of the quorum; may be repeated
  --shares DIR                      writes a sheet to print for each member on
                                    paper instead of showing the shares
  --text                            writes these as text
  --post-quantum                    a hybrid vault key; by hand it opens with
                                    age 1.3 or later
  --as NAME                         another vault, that --vault NAME means then:
                                    one for each tier, since whoever opens a
                                    vault opens all of it

example: seedvault init --passphrase words --paper paper -r anna=age1...`,

	HelpOpen: `usage: seedvault open [DIR] --fingerprint "FP" [--recipient RECIPIENT|FILE]
                      [--as NAME]
       seedvault open [--refuse "FP"]

Confirms on this machine that a vault is the one whose fingerprint you have: the
one in its place, or the copy in DIR, whose files are brought to that place
first. Without --fingerprint it shows what to compare with the sheet; or where
somebody has rotated the vault, asks for the digits that they gave you.

  --fingerprint "FP"          the 32 digits from the sheet, spaces or not, or
                              those that whoever rotated gave you
  --refuse "FP"               wants nothing of a rotation, and is asked no more
  --recipient RECIPIENT|FILE  joins as a machine that adds without any key
  --as NAME                   a name for --vault, where there are several

example: seedvault open /media/stick/seedvault --fingerprint "1a2b 3c4d ..."`,

	HelpAdd: `usage: seedvault add [FILE... | - | --clipboard] [--name NAME] [--tag TAG]...
                     [--note NOTE]...

Saves seeds: every QR code in the images, Google's export codes among them; with
- one otpauth line or export link each from standard input; without anything
what you type or paste at a prompt that shows nothing: a line, a link, the key
that the site shows as text, or the path of an image.

What was read is shown before anything is saved. Adding needs no secret; what is
saved is not yet accepted, unless a key on this PC, or one given with -i, opens
the vault. Standard output has a line for each seed saved: its receipt and its
name. Exit status 1 if anything was refused; the others are saved all the same.

  --clipboard   takes the picture or the text on the clipboard
  --name NAME   your own name for the seed
  --tag TAG     a word to find it by; may be repeated
  --note NOTE   a note; may be repeated

example: seedvault add screenshot.png --name work`,

	HelpList: `usage: seedvault list [--reenrol] [--json] [--copy DIR | --all-vaults]

Lists the seeds of the vault, those that are not yet accepted with a mark.

  --reenrol   those that somebody has known who can no longer open the vault,
              until seedvault edit gives them a new secret or keeps the old one
  --json      an array of objects: id, name, issuer, account, type, algorithm,
              digits, period, tags, accepted, added, by, receipt; with --reenrol
              also known_to
  --copy DIR  reads the copy in DIR
  --all-vaults
              lists every vault that this machine knows

example: seedvault list -i my.key`,

	HelpCode: `usage: seedvault code [NAME] [--next] [--counter N] [--clip] [--copy DIR]

Writes the present code of a seed alone, for a pipe; without a name the present
and next codes of all. A seed is named by its own name, a tag, or any part of
its issuer or account that only one has.

  --next       the next code instead
  --counter N  the code for a counter, of a seed that counts (hotp)
  --clip       puts it on the clipboard, which is cleared after 45 seconds
  --copy DIR   reads the copy in DIR

example: seedvault code acme`,

	HelpRestore: `usage: seedvault restore [NAME]... [--google] [--ascii] [--copy DIR]
       seedvault restore NAME... --uri | --png FILE | --svg FILE

Walks through the QR codes of the seeds that are named, or of all, one at a time
on a screen of its own, for a new phone to scan. You type the code that the
phone then shows: it matches, or what differs is named. To a file or a pipe a
seed goes only where one of these asks for it:

  --uri       the otpauth line, on standard output
  --png FILE  a picture, mode 0600; - for standard output
  --svg FILE  a drawing, mode 0600; - for standard output
  --google    export codes for Google Authenticator, several seeds in one
  --ascii     draws with ASCII characters alone
  --copy DIR  reads the copy in DIR

example: seedvault restore acme --copy /media/stick/seedvault`,

	HelpAccept: `usage: seedvault accept NAME|RECEIPT... | --all [--yes]

Takes in seeds that were added without a key, after showing them, and whether
they share an id or a secret with one that has been accepted.

  --all  everything that waits
  --yes  answers that these are yours; without it they are only shown

example: seedvault accept 2e5ep2j6 --yes`,

	HelpCheck: `usage: seedvault check [--json | --explain] [--copy NAME|DIR]
                       [--fingerprint "FP" [--min-seal N]]

Verifies every file by name, hash, seal and signature, without any key; with one
(given by -i or --passphrase-file, or kept on this PC) also that every seed
decrypts and gives a code. First it says what the seeds survive, as far as this
machine knows holders and copies; last, where the vault opened, what is not yet
confirmed to be prepared at the services (seedvault guide --before). Exit status
3 if something needs you: damage, or one loss that would lock you out for good.

  --json              the report for scripts
  --explain           what each loss would cost, who can open the vault alone or
                      together, and what no drill has proven
  --copy NAME|DIR     checks a copy
  --fingerprint "FP"  needs nothing of this machine, for cron and CI
  --all-vaults        checks every vault that this machine knows
  --min-seal N        red if the newest seal is older than number N

example: seedvault check --fingerprint "1a2b 3c4d ..." --min-seal 7`,

	HelpHolder: `usage: seedvault holder VERB [flags] [names]

Says who can open the vault, and adds to them. To take somebody out, give the
vault a new key: seedvault rotate --remove NAME.

  list   who can open it
  add    another way in: a key, a passphrase, a paper key, a quorum
  edit   where it is kept, and who can reach it
  sheet  prints the sheet of a paper key anew
  share  passes your share of a quorum on to whoever gathers

example: seedvault holder list`,

	HelpHolderList: `usage: seedvault holder list [--json] [--at DATE] [--copy DIR]

Lists who can open the vault, by its accepted records. Those who were added
where a rotation had not arrived have a mark: they open only what was there
before it.

  --json      an array of objects: id, name, kind, recipient, files, kept, who,
              late; with --at also from and to
  --at DATE   who could open it then, for the auditor: 2026-08-22
  --copy DIR  reads the copy in DIR

example: seedvault holder list --at 2026-08-22 --json`,

	HelpHolderAdd: `usage: seedvault holder add NAME
    -r RECIPIENT | --passphrase [--own FILE] | --paper [--out FILE] | --device |
    --quorum M --member NAME=RECIPIENT|paper... [--shares DIR] [--text]
    [--services] [--kept PLACE] [--who PERSON]... [--yes]

Makes another way into the vault, which opens all that is in it. It is shown and
asked about first. A few small files are written, and no seed is touched.

  -r, --recipient RECIPIENT  somebody's key: age1..., age1pq1..., or an
                             ssh-ed25519 or ssh-rsa public key
  --passphrase               six words are made and shown once
  --own FILE                 your own passphrase from FILE instead, of 16
                             characters or more
  --paper                    a key to write down, shown once
  --out FILE                 writes it to a file instead, as a sheet: a page to
                             print if the name ends in .html, else text
  --services                 names the accounts on the sheet
  --device                   a key kept on this PC, which then opens the vault
                             unasked; it is no second way in
  --quorum M                 any M of its members open the vault together
  --member NAME=RECIPIENT    a member, or NAME=paper; may be repeated
  --shares DIR               writes a sheet to print for each member on paper
  --text                     writes these as text
  --kept PLACE               where it is kept: home, office, phone, head, ...
  --who PERSON               who knows it or can reach it; may be repeated
  --yes                      answers that you mean it; without a terminal
                             nothing else does

example: seedvault holder add bob -r age1... --kept office`,

	HelpHolderEdit: `usage: seedvault holder edit NAME [--kept PLACE] [--who PERSON]...

Writes down where a holder is kept and who can reach it, in place of what was
said before. What a loss would cost is computed from it; the key stays what it
is. Two holders of one name are told apart by id: seedvault holder list --json.

  --kept PLACE  home, office, phone, this-pc, head, ...; "" for unknown
  --who PERSON  who knows it or can reach it; may be repeated; "" for nobody

example: seedvault holder edit bob --kept office --who bob`,

	HelpHolderSheet: `usage: seedvault holder sheet NAME [--out FILE] [--services] [-i FILE]

Prints the sheet of a paper key anew: after a rotation, or when there is another
copy. seedvault check says whose sheet is out of date. The key stands on the old
sheet and nowhere else, so it is asked for, line by line as it stands there or
whole; a line that is mistyped is pointed out at once.

  --out FILE       a page to print if the name ends in .html, else text; without
                   it the sheet is shown on the terminal
  --services       names the accounts on it
  -i FILE          the key is in FILE, or on a picture of its QR code

example: seedvault holder sheet paper --out sheet.html`,

	HelpRotate: `usage: seedvault rotate [--remove NAME]... [--keep NAME]... [--join "FP"]...
                        [--keep-shares NAME]... [--shares DIR] [--text]
                        [--post-quantum] [--yes]

Gives the vault a new key and encrypts every accepted seed anew, for those who
stay. First it shows who stays and who leaves, and asks what it cannot know. The
old folder stays as it is, whenever this is stopped; whoever leaves can still
open what they have copied, so change those secrets: seedvault list --reenrol.

  --remove NAME   leaves a holder out; or a person, who loses what they know
  --keep NAME     answers that a holder stays that is asked about
  --join "FP"     brings another rotation of this vault together with this one,
                  by the 32 digits that whoever made it gave you
  --keep-shares NAME
                  leaves the shares of a quorum as they are: whoever has
                  gathered them before can open what comes, too
  --shares DIR    writes a new sheet to print for each member on paper
  --text          writes these as text
  --post-quantum  a hybrid vault key from now on; by hand it opens with age 1.3
                  or later
  --yes           answers that you mean what is shown; without a terminal
                  nothing else does

Everybody else then confirms the new fingerprint, which is shown at the end.

example: seedvault rotate --remove carol`,

	HelpCompletion: `usage: seedvault completion bash | zsh | fish

Prints a script for a shell that completes verbs, flags, holders, files and,
where a key on this PC opens the vault unasked, seeds. It never asks for a
secret. At the end of the shell's own start file:

  bash  source <(seedvault completion bash)     in ~/.bashrc
  zsh   source <(seedvault completion zsh)      in ~/.zshrc, after compinit
  fish  seedvault completion fish | source      in ~/.config/fish/config.fish

example: seedvault completion bash`,

	HelpEdit: `usage: seedvault edit NAME [--name N] [--tag TAG]... [--note NOTE]...
                      [--recovery FILE|-] [--ready WORD[=DATE]]...
       seedvault edit NAME --anew [FILE|-]
       seedvault edit NAME --undo | --keep-secret

Changes what is kept of a seed. The old content stays in the vault's folder, is
shown no more, and can be brought back.

  --name N           its new name; an empty one takes the name away
  --tag TAG          its tags from now on; may be repeated
  --note NOTE        its notes from now on; may be repeated
  --recovery FILE|-  the recovery codes of the service, one a line
  --ready WORD[=DATE]
                     what is prepared for the day that it is lost, since a day
                     (2026-11-22) or today: seedvault guide --before
  --anew [FILE|-]    a new secret, after enrolling anew at the site: an image,
                     - for a line on standard input, or nothing for a prompt
  --undo             brings back what was there before
  --keep-secret      no new secret is needed, though somebody has known it who
                     left: takes it off seedvault list --reenrol

example: seedvault edit acme --name work --tag aws`,

	HelpRemove: `usage: seedvault remove NAME|RECEIPT... [--yes]
       seedvault remove --undo [NAME|RECEIPT]...

Takes seeds out of the vault, or refuses those that are not yet accepted. Their
files stay in its folder, and --undo brings them back.

  --yes   answers that you mean these; without a terminal nothing else does
  --undo  brings back what is named; without a name it lists what there is

example: seedvault remove acme`,

	HelpHolderShare: `usage: seedvault holder share QUORUM --to MEMBER|RECIPIENT [-i FILE] [--yes]
                              [--copy DIR]

Opens your share of a quorum and writes it to standard output, encrypted to
whoever gathers the shares. First it shows digits of their key, to be read aloud
to each other, and says what the share allows. It works until the vault is
rotated; who has gathered enough shares has had the key.

  --to MEMBER|RECIPIENT  another member, or somebody's public key
  --yes                  answers that the digits are the same
  --copy DIR             reads the copy in DIR

Whoever gathers gives what you send: seedvault restore --share FILE -i KEY

example: seedvault holder share board --to alice -i bob.key > for-alice.txt`,

	HelpCopy: `usage: seedvault copy VERB [flags] [names]

Keeps the vault in other places too. Every command that writes brings the copies
that it can reach up to date; one that is not there delays nothing.

  add     makes a copy in a folder: on a stick, in a synced folder, on a share
  list    where the copies are, and how each stands to the vault
  sync    brings copies up to date, reads every file, and heals damaged ones
  remove  no longer keeps a copy up to date

example: seedvault copy add /media/anna/STICK --kept home --as stick`,

	HelpCopyAdd: `usage: seedvault copy add DIR [--kept PLACE] [--as NAME]

Makes a copy of the vault in DIR, or in DIR/seedvault if other things are there,
and writes into the vault that there is one: that takes a key. A copy of this
name that another machine has made is meant to be this one.

  --kept PLACE  where it is kept: home, office, stick, cloud or any word. What
                has the same word is lost together; needed where it is not seen
  --as NAME     what it is called: a-z, 0-9 and -

example: seedvault copy add /media/anna/STICK --kept home --as stick`,

	HelpCopyList: `usage: seedvault copy list [--json]

Lists the copies that this machine knows, and with a key those of the vault that
it does not.

  --json  an array of objects: name, kept, path, state, synced, id

example: seedvault copy list`,

	HelpCopySync: `usage: seedvault copy sync [NAME...]

Brings what the vault has to the copies and what they have to the vault, reads
every file on both sides, and replaces damaged ones by whole ones. Nothing else
is ever changed, and nothing deleted. Without names: all copies.

example: seedvault copy sync stick`,

	HelpCopyRemove: `usage: seedvault copy remove NAME [--yes]

No longer keeps a copy up to date, and has the vault forget it: that takes a
key. The files stay where they are. Whoever has them and a holder's key can open
them.

  --yes  answers the question

example: seedvault copy remove stick`,

	HelpDrill: `usage: seedvault drill HOLDER [--member NAME] [--copy NAME|DIR] [--json]
       seedvault drill --all [--copy NAME|DIR] [--json]

Proves that one holder alone opens the vault, or a copy of it: decrypts every
seed, computes its code, and writes date, copy and state into the vault. On
paper that is typing the key back. A member of a quorum opens their own share,
without the others; that counts once somebody opens the vault. On a
machine without the vault the proof is printed alone.

  --all               tries every key that is at hand or typed, and prints who
                      is proven and who is not, for the file
  --member NAME       whose share of the quorum HOLDER it is
  --copy NAME|DIR     opens a copy instead
  --json              an array of objects: holder, member, result, seeds,
                      failed, proven
  -i FILE, --passphrase-file FILE, --share FILE|-    the keys

example: seedvault drill paper --copy stick`,
}
