package words

// Copies that programs carry: over git, and wherever rclone reaches.
var (
	RemoteTwice = Message{En: "there is a copy at that address already: %s, called %s",
		Ja: "そのアドレスにはもうコピーがあります: %s（名前は %s）"}
	RemoteTaken     = Message{En: "something else lies there, and was not touched: %s", Ja: "別のものがあります。手を付けていません: %s"}
	RemoteOfAnother = Message{En: "another vault lies there, and was not touched: %s", Ja: "別の保管庫があります。手を付けていません: %s"}
	HintRemoteTaken = Message{En: "name an empty repository, branch or folder: seedvault copy add git:REMOTE#BRANCH|rclone:REMOTE:PATH --kept PLACE --as NAME",
		Ja: "空のリポジトリ、ブランチ、フォルダーを指定してください: seedvault copy add git:REMOTE#BRANCH|rclone:REMOTE:PATH --kept PLACE --as NAME"}
	NoVaultThere     = Message{En: "no vault lies there: %s", Ja: "そこに保管庫はありません: %s"}
	HintNoVaultThere = Message{En: "is it the right branch, or path? Behind git: it ends with #BRANCH, behind rclone: with :PATH. To put a copy there: seedvault copy add",
		Ja: "ブランチやパスは正しいですか。git: なら最後に #BRANCH、rclone: なら :PATH です。そこにコピーを作るには: seedvault copy add"}
	CopySyncAll   = Message{En: "--all-vaults is for all copies of all vaults: name none of them", Ja: "--all-vaults はすべての保管庫のすべてのコピーが対象です。名前は付けられません"}
	RemoteWhichIs = Message{En: "which of its copies is %s? Say it, and it is kept up to date: seedvault copy add ADDRESS --as %s",
		Ja: "%s は、どのコピーですか。名前を示せば最新にします: seedvault copy add ADDRESS --as %s"}

	CopiesLeft  = Message{En: "saved here; %d {copy was|copies were} left as {it is|they are}: seedvault copy sync", Ja: "ここに保存しました。コピー %d 個はそのままです: seedvault copy sync"}
	CopyLater   = Message{En: "not finished yet, goes on at the next command", Ja: "まだ途中。次のコマンドで続けます"}
	CopyWhy     = Message{En: "%s (%s)", Ja: "%s（理由: %s）"}
	CopyRewound = Message{En: "the history of the copy %s was rewritten: it was taken back to an earlier state, or replaced",
		Ja: "コピー %s の履歴が書き換えられています。前の状態に戻されたか、置き換えられました"}
	CopyMissedFor = Message{En: "not reached for %d {day|days}", Ja: "%d 日届いていない"}
	CopyWaiting   = Message{En: "%d {file waits|files wait} to be carried to the copy %s: seedvault copy sync %s",
		Ja: "まだ運ばれていないファイルが %d 個あります（コピー %s）: seedvault copy sync %s"}
	CopyElsewhere = Message{En: "other machines keep the copy %s at %s. Nothing goes there from here until you say so: seedvault copy add %s --as %s",
		Ja: "ほかのパソコンには、コピー %s が %s にあります。ここから接続するのは、こう入力したときだけです: seedvault copy add %s --as %s"}
)

// What is wrong with an address, or with what carries a copy.
var (
	AddressFlag        = Message{En: "that address looks like a flag", Ja: "そのアドレスはオプションのように見えます"}
	AddressTransport   = Message{En: "for that address git would run a program", Ja: "そのアドレスでは、git がプログラムを実行します"}
	AddressCredentials = Message{En: "that address holds a password, a token or a key", Ja: "そのアドレスにはパスワード、トークン、鍵が含まれています"}
	HintCredentials    = Message{En: "keep it in git's credential helper, in ssh-agent or in rclone's configuration, and leave it out of the address: seedvault copy add",
		Ja: "git の credential helper、ssh-agent、rclone の設定に入れ、アドレスからは外してください: seedvault copy add"}
	BadAddress  = Message{En: "no address of a copy: it is git:REMOTE[#BRANCH] or rclone:REMOTE:PATH", Ja: "コピーのアドレスではありません。git:REMOTE[#BRANCH] か rclone:REMOTE:PATH です"}
	HintAddress = Message{En: "for example: seedvault copy add git:git@example.com:team/vault.git#main --kept office --as git",
		Ja: "たとえば: seedvault copy add git:git@example.com:team/vault.git#main --kept office --as git"}

	RemoteFailed      = Message{En: "%s could not do it: %s", Ja: "%s ではできません: %s"}
	RemoteSaid        = Message{En: "%s; it said: %s", Ja: "%s。出力: %s"}
	RemoteMissing     = Message{En: "the program is not installed", Ja: "プログラムが入っていません"}
	HintRemoteMissing = Message{En: "install %s and try again; it carries that copy. What is saved here stays: seedvault check",
		Ja: "%s がこのコピーを運びます。入れてから、もう一度入力してください。ここに保存したものは残っています: seedvault check"}
	RemoteTooOld      = Message{En: "the program is too old", Ja: "プログラムが古すぎます"}
	HintRemoteTooOld  = Message{En: "git 2.30 or rclone 1.60, or newer, carries copies. What is saved here stays: seedvault check", Ja: "コピーを運ぶには git 2.30 か rclone 1.60 以降が必要です。ここに保存したものは残っています: seedvault check"}
	RemoteUnknown     = Message{En: "nothing is there of that name", Ja: "その名前のものはありません"}
	HintUnknownGit    = Message{En: "see whether git reaches it: git ls-remote ADDRESS. Then type the command again", Ja: "git から届くか確かめてください: git ls-remote ADDRESS。そのあとで、同じコマンドをもう一度入力してください"}
	HintUnknownRclone = Message{En: "see what rclone knows: rclone listremotes; make a remote: rclone config. Then type the command again",
		Ja: "rclone が知っているものは rclone listremotes、作るには rclone config。そのあとで、同じコマンドをもう一度入力してください"}
	RemoteBranch     = Message{En: "there is no such branch", Ja: "そのブランチはありません"}
	HintRemoteBranch = Message{En: "name one of those behind # or make it there; an empty repository needs none: seedvault copy add git:REMOTE#BRANCH --kept PLACE --as NAME",
		Ja: "# の後にあるブランチを指定するか、作ってください。空のリポジトリなら要りません: seedvault copy add git:REMOTE#BRANCH --kept PLACE --as NAME"}
	RemoteLocked     = Message{En: "a password or key is wanted, and nobody can be asked here", Ja: "パスワードか鍵が必要ですが、ここでは尋ねられません"}
	HintRemoteLocked = Message{En: "on a terminal you are asked when you type the command there; for good: ssh-agent, git's credential helper, RCLONE_PASSWORD_COMMAND, or a key that may write there",
		Ja: "端末から入力すれば尋ねます。いつも使うには ssh-agent、git の credential helper、RCLONE_PASSWORD_COMMAND、または書き込みの許された鍵を使ってください"}
	RemoteSilent     = Message{En: "it does not answer", Ja: "応答がありません"}
	HintRemoteSilent = Message{En: "nothing is lost: what was saved here is carried when it answers; to try again, type the command again", Ja: "失われたものはありません。応答するようになれば運びます。同じコマンドをもう一度入力して試せます"}
	RemotePage       = Message{En: "what answers is a page or another service", Ja: "応答したのはウェブページか別のサービスです"}
	HintRemotePage   = Message{En: "does a network or proxy want you to sign in first? Open a page in a browser, or look at the address; then type the command again",
		Ja: "ネットワークやプロキシへのサインインが必要かもしれません。ブラウザーで開くか、アドレスを確かめてから、同じコマンドをもう一度入力してください"}
	RemoteRaced      = Message{En: "other machines wrote there each time", Ja: "毎回、ほかのパソコンが先に書き込みました"}
	HintRemoteRaced  = Message{En: "nothing is lost; type the command again", Ja: "失われたものはありません。同じコマンドをもう一度入力してください"}
	RemoteReadOnly   = Message{En: "it may not be written to", Ja: "書き込みが許されていません"}
	HintRemoteDenied = Message{En: "it needs the right to push, or to put files there; then type the command again", Ja: "push する権限か、ファイルを置く権限が必要です。そのあとで、同じコマンドをもう一度入力してください"}
	RemoteFull       = Message{En: "there is no room", Ja: "空きがありません"}
	HintRemoteFull   = Message{En: "make room there, or name another place; then type the command again", Ja: "空きを作るか、別の場所を指定してください。そのあとで、同じコマンドをもう一度入力してください"}
	HintRemoteFailed = Message{En: "the same program says more, without seedvault: git ls-remote or rclone lsf. What is saved here stays; to try again, type the command again",
		Ja: "同じプログラムを seedvault なしで使うと詳しくわかります（git ls-remote、rclone lsf）。ここに保存したものは残っています。同じコマンドをもう一度入力して試せます"}
)
