package words

// Holders that are added, the change of the vault's key, and what others have
// rotated: errors with their hints, questions, remarks and answers.
var (
	// Adding a holder.
	HolderEditWhat = Message{En: "name the holder and what is to be written of it: --kept PLACE, --who PERSON",
		Ja: "保持者の名前と、書くことを指定してください: --kept PLACE、--who PERSON"}
	SeveralHolders     = Message{En: "%d holders are called %s", Ja: "保持者が %d 件、%s という名前です"}
	HintSeveralHolders = Message{En: "name one by its id: seedvault holder list --json",
		Ja: "id で指定してください: seedvault holder list --json"}
	HolderAddWhat = Message{En: "name the holder and one kind of it: -r RECIPIENT, --passphrase, --paper or --device",
		Ja: "保持者の名前と、種類を一つだけ指定してください: -r RECIPIENT、--passphrase、--paper、--device"}
	OwnWithoutPassphrase = Message{En: "--own is the file with your own passphrase, and no passphrase was asked for",
		Ja: "--own は自分で決めたパスフレーズのファイルですが、パスフレーズが指定されていません"}
	DeviceIsKept     = Message{En: "a key on this PC is kept on this PC", Ja: "このパソコンの鍵の置き場所は、このパソコンです"}
	HolderUnanswered = Message{En: "no holder was added: nobody said yes", Ja: "何も追加していません。確認待ちです"}
	HintHolderYes    = Message{En: "if you mean the one shown above, type the command again with --yes",
		Ja: "上の保持者でよければ、--yes を付けてもう一度入力してください"}
	SameHolder = Message{En: "that key opens the vault already: a second name for it is no second way in",
		Ja: "その鍵ではもう開けます。名前を増やしても、開く方法は増えません"}
	HintHolders = Message{En: "see who can open it: seedvault holder list",
		Ja: "開けられる保持者を見てください: seedvault holder list"}
	AskHolder = Message{En: "add this holder? It can open everything in the vault [y/N] ",
		Ja: "この保持者を追加しますか。保管庫のすべてを開けるようになります [y/N] "}
	HolderBesides = Message{En: "there is a holder called %s already; both open the vault until one is left out: seedvault rotate --remove %s",
		Ja: "%s という保持者がもうあります。一方を外すまでは両方で開けます: seedvault rotate --remove %s"}
	HolderAdded    = Message{En: "added %s, which can open the vault now", Ja: "%s を追加しました。これで保管庫を開けます"}
	HolderConfirms = Message{En: "%s compares the fingerprint on the machine that opens it: seedvault open --fingerprint \"%s\"",
		Ja: "%s は、開くパソコンでフィンガープリントを確認します: seedvault open --fingerprint \"%s\""}
	CopyAgain = Message{En: "copies made before know nothing of this: copy the vault's folder to them again",
		Ja: "これより前のコピーには反映されていません。保管庫のフォルダーをもう一度コピーしてください"}
	MarkLateHolder = Message{En: "opens only what was there before the rotation: %s",
		Ja: "鍵の切り替え前のものだけを開ける: %s"}

	// A rotation, before it is written.
	RotationUnfinished = Message{En: "a rotation on this machine was stopped before it counted; nothing of it is used, and this one begins anew",
		Ja: "このパソコンでの鍵の切り替えが途中で止まっていました。それは使わず、最初から始めます"}
	UnlistedLeaves = Message{En: "left out, since no list of who can open the vault names it: %s", Ja: "開ける人の一覧にないので、外れるもの: %s"}
	ListedNowhere  = Message{En: "on no list, and may open the vault: %s", Ja: "一覧になく、保管庫を開けるかもしれない: %s"}
	HolderGone     = Message{En: "no longer among the holders since this machine last looked: %s",
		Ja: "このパソコンが前に見たときから、なくなった保持者: %s"}
	DamagedHere = Message{En: "damaged or missing, and carried over only if an older folder has it whole: %s",
		Ja: "壊れているかなくなっていて、古いフォルダーに無事なものがなければ移せないもの: %s"}
	StaysBehind = Message{En: "damaged or missing, and left behind: %s", Ja: "壊れているかなくなっていて、移せないもの: %s"}
	SealsUnseen = Message{En: "%d {list|lists} of accepted seeds that this machine has seen {is|are} not here: is this an old copy? What {it|they} accepted is not carried over",
		Ja: "このパソコンが前に見た承認記録が %d 個ありません。古いコピーではありませんか。それで承認したものは移されません"}
	WaitingStays = Message{En: "not yet accepted, so left behind until somebody accepts them: %d; to carry them over, first type seedvault accept --all",
		Ja: "未承認なので、承認されるまで移せないもの: %d 件。一緒に移すには先に seedvault accept --all と入力してください"}
	MarkNew        = Message{En: "new to this machine", Ja: "このパソコンでは初めて"}
	PluginHere     = Message{En: "%s is installed", Ja: "%s はある"}
	PluginLacking  = Message{En: "%s is NOT installed", Ja: "%s がない"}
	WithoutMembers = Message{En: "without %s", Ja: "%s を除く"}
	AskRotate      = Message{En: "give the vault a new key, for those who stay? The old folder stays as it is [y/N] ",
		Ja: "残る保持者のために、保管庫の鍵を切り替えますか。古いフォルダーはそのまま残ります [y/N] "}
	RotateUnanswered = Message{En: "nothing was rotated: nobody said yes", Ja: "鍵は切り替えていません。確認待ちです"}
	HintRotateYes    = Message{En: "if you mean what is shown above, type the command again with --yes",
		Ja: "上の内容でよければ、--yes を付けてもう一度入力してください"}
	PlanUnanswered = Message{En: "nothing was rotated: what becomes of those marked above is for you to say",
		Ja: "鍵は切り替えていません。上で印の付いた保持者をどうするか、決めてください"}
	HintPlanUnanswered = Message{En: "type the command again with --keep NAME or --remove NAME for each; where two have one name, the word in brackets",
		Ja: "それぞれに --keep NAME か --remove NAME を付けて、もう一度入力してください。同じ名前なら括弧の中の語を使います"}
	NotAsked = Message{En: "--keep names a holder that is not asked about, or that cannot stay",
		Ja: "--keep の保持者は、尋ねられていないか、残せないものです"}
	HintNotAsked = Message{En: "see what is asked with seedvault rotate, without --keep",
		Ja: "--keep を付けずに seedvault rotate を実行し、尋ねられることを確かめてください"}
	NobodyOfName = Message{En: "nobody called %s is a holder, a member or known to know one",
		Ja: "%s という保持者も、それを知る人もいません"}
	NobodyLeft     = Message{En: "nobody would be left to open the vault", Ja: "保管庫を開ける保持者がいなくなってしまいます"}
	HintNobodyLeft = Message{En: "add somebody first: seedvault holder add NAME --paper --out FILE",
		Ja: "先に誰かを追加してください: seedvault holder add NAME --paper --out FILE"}
	HolderNotGiven = Message{En: "nothing was rotated: the new key cannot be encrypted to %s",
		Ja: "鍵は切り替えていません。%s のために新しい鍵を暗号化できません"}
	HintHolderNotGiven = Message{En: "leave it out and add it anew later: seedvault rotate --remove %s",
		Ja: "外して、後で追加し直してください: seedvault rotate --remove %s"}
	NewerRecord = Message{En: "a newer seedvault wrote a record that this one does not know: %s",
		Ja: "より新しい seedvault の書いた、この版の知らない記録があります: %s"}
	ChangeNotAccepted = Message{En: "what was changed before is not yet accepted", Ja: "前の変更がまだ承認されていません"}
	NoNewShares       = Message{En: "the shares of the quorum cannot be made anew", Ja: "定足数グループのシェアを作り直せません"}

	// A rotation, once it is written.
	Rotating = Message{En: "encrypting seeds anew: %d of %d", Ja: "シードを暗号化し直しています: %[2]d 件中 %[1]d 件"}
	Rotated  = Message{En: "the vault has a new key: %d {seed|seeds} carried over for %d {holder|holders}, in %s",
		Ja: "保管庫の鍵を切り替えました。シード %d 件、保持者 %d 件、フォルダー %s"}
	ConfirmRotation = Message{En: `fingerprint %[1]s
read it to all who use this vault; each compares and confirms it on their machines:
  seedvault open --fingerprint "%[1]s"
and on machines that add without a key:
  seedvault open --fingerprint "%[1]s" --recipient %[2]s`,
		Ja: `フィンガープリント %[1]s
保管庫を使う全員に読み上げてください。それぞれのパソコンで、確かめて入力します:
  seedvault open --fingerprint "%[1]s"
鍵なしで追加するパソコンでは:
  seedvault open --fingerprint "%[1]s" --recipient %[2]s`}
	LeftOut   = Message{En: "left out: %s", Ja: "外したもの: %s"}
	SheetsOld = Message{En: "the key on the sheet of %s still opens the vault, but the fingerprint and the recipient on it are old: print it anew with seedvault holder sheet %s, or write the new ones on it",
		Ja: "%s の復旧シートの鍵はそのまま使えますが、フィンガープリントと公開鍵は古くなりました。seedvault holder sheet %s で作り直すか、新しいものを書いてください"}
	SharesOld = Message{En: "the old shares of %s on paper open older copies only: hand out the new ones, and destroy the old",
		Ja: "%s の古い紙のシェアで開けるのは古いコピーだけです。新しいものを渡し、古いものは捨ててください"}
	FormerKnow = Message{En: "what was carried over is known to %s; see which seeds need a new secret at their services: seedvault list --reenrol",
		Ja: "%s はこれまでのシードを知っています。サービスで登録し直すものを見てください: seedvault list --reenrol"}
	WaitingStayed = Message{En: "not yet accepted and left behind: %d; see seedvault list, and take them in with seedvault accept --all",
		Ja: "未承認のまま残ったもの: %d 件。seedvault list で見て、seedvault accept --all で承認できます"}
	RotationResumed = Message{En: "the rotation that was stopped on this machine is complete, and is used from now on",
		Ja: "このパソコンで止まった鍵の切り替えは完了していたので、これからはそれを使います"}

	// Seeds that somebody knows who has left.
	MarkKnownTo      = Message{En: "known to %s", Ja: "%s が知っている"}
	NothingToReEnrol = Message{En: "no seed is known to anybody who has left", Ja: "外れた人が知っているシードはありません"}
	HowToReEnrol     = Message{En: "enrol each anew at its service, then type seedvault edit NAME --anew; where none is needed, seedvault edit NAME --keep-secret",
		Ja: "サービスで登録し直してから seedvault edit NAME --anew、不要なら seedvault edit NAME --keep-secret と入力してください"}
	NotToReEnrol = Message{En: "nobody who has left has known %s", Ja: "%s を知っていて外れた人はいません"}
	HintReEnrol  = Message{En: "see those that somebody has known: seedvault list --reenrol",
		Ja: "外れた人が知っているものを見てください: seedvault list --reenrol"}
	SecretKept = Message{En: "%s keeps its secret, and is listed no more by seedvault list --reenrol",
		Ja: "%s のシークレットはそのままにします。seedvault list --reenrol にはもう出ません"}

	// What others have rotated.
	RotatedSince = Message{En: "this vault has been given a new key (rotated), or somebody made it look so, and nobody here has confirmed %s: seedvault open",
		Ja: "この保管庫の鍵が切り替えられたようですが、%s はここではまだ確認されていません: seedvault open"}
	RotatedBeside = Message{En: "%s was rotated elsewhere at the same time, or somebody made it look so, and nobody here has confirmed it: seedvault open",
		Ja: "%s は別の所で同時に切り替えられたもののようですが、ここではまだ確認されていません: seedvault open"}
	AskRotation = Message{En: "%s: type the digits that whoever rotated gave you; refuse, if nobody you trust did; Enter: later: ",
		Ja: "%s について、切り替えた人から聞いた数字を入力してください（心当たりがなければ refuse、Enter で後回し）: "}
	NotItsDigits     = Message{En: "those are not its digits", Ja: "数字が違います"}
	HintNotItsDigits = Message{En: "have them read to you again, all 8 groups; if they are right, somebody else made this: refuse it",
		Ja: "8 組すべてをもう一度聞いてください。それでも違うなら、別の誰かが作ったものなので refuse で断ってください"}
	AskRecipient = Message{En: "recipient that whoever rotated gave you, age1... (Enter: open with a passphrase or a paper key instead): ",
		Ja: "切り替えた人から聞いた公開鍵 age1...（Enter でパスフレーズか復旧シートを使います）: "}
	RotationRefused = Message{En: "%s is refused on this machine, and asked about no more; to take that back: seedvault open --fingerprint \"%s\"",
		Ja: "このパソコンでは %s を断り、もう尋ねません。取り消すには、もう一度確認してください: seedvault open --fingerprint \"%s\""}
	ClosedForks = Message{En: "%d {folder|folders} beside this one {was|were} made from one that somebody who was left out can still open: seedvault check",
		Ja: "外された人がまだ開けるフォルダーから作られたものが %d 個あります: seedvault check"}
	ForkReads = Message{En: "whoever %s leaves out reads what is added here until you bring both together: seedvault open",
		Ja: "%s から外された人は、両方を合わせるまで、ここに追加したものを読めます: seedvault open"}
	NoneToRefuse = Message{En: "nothing beside this vault is to be refused", Ja: "断るものはありません"}
	RotatedTwice = Message{En: "this vault was rotated twice: what came of the other, %s, has been neither joined nor refused here",
		Ja: "この保管庫の鍵は二度切り替えられました。もう一方の %s を、ここではまだ合わせても断ってもいません"}
	HintRotatedTwice = Message{En: "ask who made it; if its digits are %[1]s, bring both together with seedvault rotate --join \"%[1]s\", else seedvault open --refuse \"%[1]s\"",
		Ja: "作った人に聞いてください。%[1]s なら seedvault rotate --join \"%[1]s\" で合わせ、心当たりがなければ seedvault open --refuse \"%[1]s\" で断ってください"}
	RotatedElsewhere = Message{En: "this vault was rotated twice, and %s brings both together",
		Ja: "この保管庫の鍵は二度切り替えられ、%s が両方を合わせています"}
	HintRotatedElsewhere = Message{En: "ask who made it; if its digits are %[1]s, type seedvault open --fingerprint \"%[1]s\", else seedvault open --refuse \"%[1]s\"",
		Ja: "作った人に聞いてください。%[1]s なら seedvault open --fingerprint \"%[1]s\"、心当たりがなければ seedvault open --refuse \"%[1]s\" と入力してください"}
	NotWhole = Message{En: "nothing there is validly signed yet: it is unfinished, or has not arrived whole",
		Ja: "有効な署名がまだありません。作りかけか、全部は届いていません"}
	HintNotWhole = Message{En: "copy its folder again from where it was made, then see seedvault check",
		Ja: "作った所からフォルダーをもう一度コピーし、seedvault check で確かめてください"}
	NoSuchRotation     = Message{En: "nothing here has that fingerprint", Ja: "そのフィンガープリントのものはここにありません"}
	HintNoSuchRotation = Message{En: "compare all 8 groups, and copy its folder here if it has not arrived; see seedvault check",
		Ja: "8 組すべてを見比べ、届いていなければフォルダーをここへコピーしてください。seedvault check で確かめられます"}
	JoinedAlready = Message{En: "this vault is that one, or follows it already",
		Ja: "この保管庫自身か、もう引き継いでいるものです"}
	HintJoinedAlready = Message{En: "there is nothing to do; see seedvault check",
		Ja: "何もする必要はありません。seedvault check で確かめられます"}
	MarkLate     = Message{En: "not yet accepted, from before a rotation", Ja: "未承認（鍵の切り替え前のもの）"}
	LateRemovals = Message{En: "removed or edited elsewhere before the rotation arrived there, and kept here: %s",
		Ja: "鍵の切り替えが届く前に別の所で外したか変更したが、ここには残るもの: %s"}
)
