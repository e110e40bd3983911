package words

// Copies of the vault.
var (
	CopyWhat = Message{En: "name what to do with copies: add, list, edit, sync or remove",
		Ja: "コピーをどうするか指定してください: add、list、edit、sync、remove"}
	CopyAddWhat       = Message{En: "name one place for the copy: a folder, kit:FILE.html, git:REMOTE or rclone:REMOTE:PATH", Ja: "コピーの場所を一つ指定してください: フォルダー、kit:FILE.html、git:REMOTE、rclone:REMOTE:PATH"}
	CopyKeptWhere     = Message{En: "where is this copy kept? %s", Ja: "このコピーの置き場所がわかりません: %s"}
	HintCopyKeptWhere = Message{En: "say it with --kept: home, office, stick, cloud or any word; what has the same word is lost together",
		Ja: "--kept で指定してください: home、office、stick、cloud など。同じ言葉のものは、一緒に失われると考えます"}
	CopyTwice = Message{En: "there is a copy in that folder already: %s, called %s",
		Ja: "そのフォルダーにはもうコピーがあります: %s（名前は %s）"}
	HintCopyTwice = Message{En: "bring it up to date: seedvault copy sync %[1]s; or say where it is kept: seedvault copy edit %[1]s --kept PLACE",
		Ja: "最新にするには: seedvault copy sync %[1]s（置き場所を変えるには: seedvault copy edit %[1]s --kept PLACE）"}
	CopyInVault    = Message{En: "that folder is inside the vault: %s", Ja: "そのフォルダーは保管庫の中にあります: %s"}
	VaultInCopy    = Message{En: "the vault is inside that folder: %s", Ja: "そのフォルダーの中に保管庫があります: %s"}
	CopyIsVault    = Message{En: "that folder is the vault itself: %s", Ja: "そのフォルダーは保管庫そのものです: %s"}
	HintCopyFolder = Message{En: "name another folder for it, on another disk",
		Ja: "別のディスクの、別のフォルダーを指定してください"}
	CopyFolderTaken = Message{En: "that folder holds other things: %s", Ja: "そのフォルダーには別のものがあります: %s"}
	CopyOfAnother   = Message{En: "another vault lies in that folder, and was not touched: %s",
		Ja: "そのフォルダーには別の保管庫があります。手を付けていません: %s"}
	CopyNameTaken     = Message{En: "there is a copy called %s already", Ja: "%s という名前のコピーがもうあります"}
	HintCopyNameTaken = Message{En: "give this one another name: --as NAME; all of them: seedvault copy list",
		Ja: "--as NAME で別の名前を付けてください。一覧は: seedvault copy list"}
	CopyUnknown      = Message{En: "this machine knows no copy called %s", Ja: "このパソコンは %s という名前のコピーを知りません"}
	HintCopyUnknown  = Message{En: "see them all: seedvault copy list", Ja: "一覧は: seedvault copy list"}
	CopyAdded        = Message{En: "copy %s made at %s", Ja: "コピー %s を %s に作りました"}
	CopiesBrought    = Message{En: "saved here and in %d of %d {copy|copies}: %s", Ja: "ここと、コピー %d/%d 個に保存しました: %s"}
	CopiesNotReached = Message{En: "saved here, and in no copy; %s", Ja: "ここだけに保存しました。%s"}
	CopyState        = Message{En: "%s (%d new)", Ja: "%s（新しく %d 個）"}
	CopyNotYet       = Message{En: "never up to date", Ja: "まだ一度も"}
	AskCopyRemove    = Message{En: "no longer keep %s, at %s, up to date? Its files stay [y/N] ",
		Ja: "%s（%s）を最新にするのをやめますか。ファイルは残ります [y/N] "}
	CopyRemoveUnanswered = Message{En: "the copy was not removed: nobody said yes", Ja: "コピーを外していません。確認待ちです"}
	HintCopyYes          = Message{En: "if you mean the one shown above, type the command again with --yes",
		Ja: "上のコピーでよければ、--yes を付けてもう一度入力してください"}
	CopyRemoved = Message{En: "%s is no longer kept up to date", Ja: "%s は、もう最新にしません"}
	CopyLeft    = Message{En: "its files stay at %s: whoever has them and a way in (a passphrase, a key) opens what was there",
		Ja: "ファイルは %s に残ります。それと、パスフレーズか鍵を持つ人は、そこにあるものを開けます"}
	CopyAnother = Message{En: "another vault lies where the copy %s was, and was not touched: %s",
		Ja: "コピー %s の場所に別の保管庫があります。手を付けていません: %s"}
	CopyOlder = Message{En: "the copy %s lacked %d {file|files} that it once had: it is older than it was, or lost {one|some}; it is whole again",
		Ja: "コピー %s に、前にはあった %d 個のファイルがありませんでした。古いものに戻ったか、失われたようです。元どおりにしました"}
	CopyOlderStill = Message{En: "the copy %s lacked %d {file|files} that it once had: it is older than it was, or lost {one|some}; %d of these the vault has not either, so not all is back: seedvault check",
		Ja: "コピー %s に、前にはあった %d 個のファイルがありませんでした。古いものに戻ったか、失われたようです。そのうち %d 個は保管庫にもなく、戻せていません: seedvault check"}
	CopyOlderYet = Message{En: "the copy %s lacks %d {file|files} that it once had: it is older than it was, or lost {one|some}",
		Ja: "コピー %s に、前にはあった %d 個のファイルがありません。古いものに戻ったか、失われたようです"}
	CopyBrings = Message{En: "the copy %s had %d {file|files} that this machine had never seen; {it is|they are} in the vault now",
		Ja: "コピー %s に、このパソコンが見たことのないファイルが %d 個ありました。保管庫に入れました"}
	CopyDamagedOnly = Message{En: "damaged in the copy %s, and not in the vault at all: %s. If another copy has it whole it comes back from there; nothing else is lost by it, and there it may be deleted",
		Ja: "コピー %s で壊れていて、保管庫にはないもの: %s。ほかのコピーに無事なものがあれば、そこから戻ります。ほかに失われるものはなく、コピーから消してもかまいません"}
	CopyMoreFiles = Message{En: "in the copy %s, %d more {file is|files are} like these",
		Ja: "コピー %s に、同じものがほかに %d 件あります"}
	VaultUnhealed = Message{En: "in the vault here %d {file is|files are} damaged, and the copy %s has no whole one: %s",
		Ja: "ここの保管庫で %d 個のファイルが壊れていて、コピー %s にも無事なものがありません: %s"}
	CopyDiffers = Message{En: "in the copy %s another content than in the vault, and nothing says which is right; both were left as they are: %s",
		Ja: "コピー %s と保管庫で内容が違い、どちらが正しいかわからないので、そのままにしたもの: %s"}
	CopyUnhealed = Message{En: "damaged in the vault and in %s alike: %s", Ja: "保管庫でも %s でも壊れているもの: %s"}
	CopyInTheWay = Message{En: "in the copy %s no file may be written where a link, a folder or a device lies; take it away: %s",
		Ja: "コピー %s では、リンク、フォルダー、デバイスのある場所にファイルを書けません。取り除いてください: %s"}
	CopyHealed = Message{En: "the copy %s had %d damaged {file|files}, healed from the vault",
		Ja: "コピー %s の壊れたファイル %d 個を、保管庫から直しました"}
	VaultHealed = Message{En: "%d damaged {file|files} of the vault {was|were} healed from the copy %s",
		Ja: "保管庫の壊れたファイル %d 個を、コピー %s から直しました"}
	CopyFailed      = Message{En: "the copy %s could not be brought up to date: %s", Ja: "コピー %s を最新にできません: %s"}
	HintCopyDamaged = Message{En: "what is damaged is named above; a copy that has it whole heals both; what is lost by it: seedvault check",
		Ja: "壊れたものは上に示しました。無事なコピーがあれば、どちらも直ります。何が失われるかは: seedvault check"}
	HintCopyNoKit = Message{En: "a kit that was cut off lies there, or another file: move it away, then type this again",
		Ja: "途中で切れたキットか、別のファイルがあります。よそへ移してから、もう一度入力してください"}
	HintCopyElsewhere = Message{En: "put back what was there, or give this copy up and make it in another place: seedvault copy remove %s",
		Ja: "前にあったものに戻すか、このコピーをやめて別の場所に作り直してください: seedvault copy remove %s"}
	HintCopyNotFetched = Message{En: "have the synchronizing tool download that folder, then type this again",
		Ja: "同期ツールでそのフォルダーをダウンロードしてから、もう一度入力してください"}
	HintCopyUnreached = Message{En: "plug it in, or make its place reachable, then: seedvault copy sync %s",
		Ja: "挿し込むか、届くようにしてから: seedvault copy sync %s"}
	HintCopySync = Message{En: "try again when it can be written to and has room: seedvault copy sync %s",
		Ja: "書き込めて空きもある状態で、もう一度: seedvault copy sync %s"}
	NoCopies     = Message{En: "there is no copy of this vault", Ja: "この保管庫のコピーはありません"}
	HintNoCopies = Message{En: "make one: seedvault copy add DIR --kept PLACE --as NAME",
		Ja: "作るには: seedvault copy add DIR --kept PLACE --as NAME"}
	CopyRegistered = Message{En: "kept up to date from here on as the copy %s: %s",
		Ja: "これからはコピー %s として最新にします: %s"}
	CopyProgress = Message{En: "bringing a copy up to date: %d of %d files", Ja: "コピーを最新にしています: %d/%d 個"}
	CopiesBoth   = Message{En: "saved here and in %d of %d {copy|copies}: %s; %s", Ja: "ここと、コピー %d/%d 個に保存しました: %s。%s"}
	CopyStands   = Message{En: "%s: %s (%s)", Ja: "%s: %s（%s）"}
	CopyBrought  = Message{En: "%s: up to date now, %d new (%s)", Ja: "%s: 最新にしました。新しいもの %d 個（%s）"}
	CopyOnThisPC = Message{En: "copy %s is on the disk that the vault is on, and is lost with this PC; if something carries that folder elsewhere, say so: seedvault copy edit %s --kept cloud",
		Ja: "コピー %s は保管庫と同じディスクにあり、このパソコンを失うと一緒に失われます。そのフォルダーがほかの場所へ同期されるなら: seedvault copy edit %s --kept cloud"}
	CopySameDisk = Message{En: "%s is on the disk that the vault is on: unless something carries it to %s it is lost with this PC; if nothing does, remove the copy and add it with --kept this-pc",
		Ja: "%s は保管庫と同じディスクにあります。%s へ運ばれる仕組みがなければ、このパソコンと一緒に失われます。なければ、このコピーを外し、--kept this-pc で加え直してください"}
	CopyRemoveWhat = Message{En: "name one copy", Ja: "コピーを一つ指定してください"}
	CopyWhichIs    = Message{En: "which of its copies is %s? Say it, and it is kept up to date: seedvault copy add DIR --as %s",
		Ja: "%s は、どのコピーですか。名前を示せば最新にします: seedvault copy add DIR --as %s"}
	CopyNotFetched = Message{En: "of the copy %s, %d {file is|files are} not on this PC, only {its name|their names}: it counts as last seen; have the synchronizing program download %s, then: seedvault copy sync",
		Ja: "コピー %s のファイル %d 個は名前だけで、中身がこのパソコンにありません。前に見たときの状態で数えます。同期アプリで %s をダウンロードしてから seedvault copy sync を実行してください"}
	CopyOthers = Message{En: "in the copy %s, %d {thing is|things are} no part of this vault and {was|were} left where {it is|they are}: %s",
		Ja: "コピー %s に、この保管庫のものでないものが %d 個あります。触れずにそのままにしました: %s"}
	CopyNothingWritten = Message{En: "nothing was written to the copy %s, at %s: %s",
		Ja: "コピー %s（%s）には何も書いていません: %s"}
	CopyLacks = Message{En: "the copy %s lacks %d {file|files} of the vault; bring it up to date: seedvault copy sync %s",
		Ja: "コピー %s に、保管庫のファイル %d 個がありません。最新にするには: seedvault copy sync %s"}
	CopyIsDamaged = Message{En: "in the copy %s %d {file is|files are} damaged; heal {it|them} from the vault: seedvault copy sync %s",
		Ja: "コピー %s で %d 個のファイルが壊れています。保管庫から直すには: seedvault copy sync %s"}
	CopyHasMore = Message{En: "the copy %s has %d {file|files} that the vault lacks; take {it|them} over: seedvault copy sync %s",
		Ja: "コピー %s に、保管庫にないファイルが %d 個あります。取り込むには: seedvault copy sync %s"}
	CopyCanHeal = Message{En: "the copy %s has %d {file|files} whole that {is|are} damaged in the vault; heal {it|them}: seedvault copy sync %s",
		Ja: "コピー %s では、保管庫で壊れているファイル %d 個が無事です。直すには: seedvault copy sync %s"}
	CopyRefused     = Message{En: "that folder cannot be a copy: %s: %s", Ja: "そのフォルダーはコピーにできません: %s: %s"}
	CopyNotMade     = Message{En: "the copy was not made: %s: %s", Ja: "コピーは作れませんでした: %s: %s"}
	HintCopyNotMade = Message{En: "%d {file|files} of it lie there now and may be deleted; make room and try again: seedvault copy add DIR --kept PLACE --as NAME",
		Ja: "途中まで書いた %d 個のファイルがそこにあります。消してかまいません。空きを作って、もう一度: seedvault copy add DIR --kept PLACE --as NAME"}
	AskCopyKept = Message{En: "where is that copy kept? home, office, stick, cloud or any word; what has the same word is lost together: ",
		Ja: "そのコピーはどこに置きますか。home、office、stick、cloud など。同じ言葉のものは一緒に失われると考えます: "}
	AskCopyRefill = Message{En: "the copy %s, at %s, is empty, though it once held %d {file|files}. Is that its place, and shall it be filled again? [y/N] ",
		Ja: "コピー %s（%s）は空です。前は %d 個のファイルがありました。そこがコピーの場所で、もう一度書き込んでよいですか [y/N] "}
	CopyRefillUnanswered = Message{En: "the copy %s is empty, though it once was not", Ja: "コピー %s は空になっています"}
	HintCopyRefill       = Message{En: "if that is its place, fill it again: seedvault copy sync %s --yes",
		Ja: "そこがコピーの場所なら、書き込み直すには: seedvault copy sync %s --yes"}
	CopyEditWhat = Message{En: "name one copy, and say with --kept where it is kept", Ja: "コピーを一つ指定し、置き場所を --kept で示してください"}
	CopyPlaced   = Message{En: "the copy %s is kept at: %s", Ja: "コピー %s の置き場所: %s"}

	CopyUncounted = Message{En: "the copy %s does not count: %s", Ja: "コピー %s は数に入れません: %s"}
	CopyUnplaced  = Message{En: "the copy %s does not count apart from this PC: nobody said where it is kept; seedvault copy edit %s --kept PLACE",
		Ja: "コピー %s は、置き場所が書かれていないため、このパソコンと一緒に失われると考えます。書くには: seedvault copy edit %s --kept PLACE"}
	BroughtOthers = Message{En: "%d {thing|things} in the copy {is|are} no part of this vault and {was|were} not brought: %s",
		Ja: "コピーに、この保管庫のものでないものが %d 個あります。持ってきていません: %s"}
	BroughtNotFetched = Message{En: "%d {file|files} of the copy {is|are} only {a name|names} here; have the synchronizing program download {it|them}, and type the command again",
		Ja: "コピーのファイル %d 個は名前だけで、中身がありません。同期アプリでダウンロードしてから、もう一度入力してください"}
	CopyLine      = Message{En: "copy %s: %s", Ja: "コピー %s: %s"}
	CopyLineRead  = Message{En: "copy %s: %s, every file read on %s", Ja: "コピー %s: %s。全ファイルを読んだ日: %s"}
	CopyLineSince = Message{En: "copy %s: %s since %s, counted as it was then", Ja: "コピー %s: %s（%s 以降）。そのときの状態で数えます"}
	CopyLineOut   = Message{En: "copy %s: %s, last there on %s, does not count", Ja: "コピー %s: %s。最後に見たのは %s。数に入れません"}
)
