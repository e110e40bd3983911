package words

// FindingCodes are what a check finds: escrow.FindingCode.
var FindingCodes = Table{
	{"damaged", Message{En: "damaged", Ja: "壊れている"}},
	{"missing", Message{En: "missing", Ja: "なくなっている"}},
	{"no-content", Message{En: "without its content: not downloaded by a synchronizing program, or cut off", Ja: "中身がない。同期アプリがダウンロードしていないか、途中で切れた"}},
	{"newer-format", Message{En: "written by a newer seedvault", Ja: "より新しい seedvault が書いたもの"}},
	{"foreign", Message{En: "no seed of this vault", Ja: "この保管庫のシードではない"}},
	{"unreadable", Message{En: "decrypts, and cannot be understood", Ja: "復号できるが、内容を読み取れない"}},
	{"unknown-file", Message{En: "not of this vault, left alone", Ja: "この保管庫のものではないので触れない"}},
	{"special-file", Message{En: "a link or a device, not followed", Ja: "リンクかデバイスなので、たどらない"}},
	{"old-temporary", Message{En: "left by an interrupted write, may be deleted", Ja: "中断された書き込みの残り。消してよい"}},
	{"duplicate", Message{En: "a copy under another name, counted once", Ja: "別の名前のコピー。一つとして数えた"}},
	{"line-ends", Message{En: "line ends changed by a tool, read all the same", Ja: "改行を何かに変えられたが、読めている"}},
	{"unfinished-seal", Message{En: "a list that was not signed", Ja: "署名されなかった一覧"}},
	{"no-seal", Message{En: "no validly signed list: nothing here counts as accepted",
		Ja: "有効な承認記録がなく、ここでは何も承認済みにならない"}},
	{"unconfirmed-epoch", Message{En: "another vault, which nobody here has confirmed, ignored",
		Ja: "ここでは誰も確認していない保管庫。無視する"}},
	{"successor-epoch", Message{En: "this vault after a rotation, which seedvault open --fingerprint \"...\" confirms, and --refuse refuses, once its digits were compared",
		Ja: "鍵を切り替えた新しい保管庫。数字を比べて、seedvault open --fingerprint \"...\" で確認するか、--refuse で断ること"}},
	{"fork", Message{En: "rotated elsewhere at the same time, or made to look so; seedvault open brings both together, or refuses it",
		Ja: "別の所で同時に鍵が切り替えられたか、そう見せかけたもの。seedvault open で合わせるか、断ること"}},
	{"closed-forks", Message{En: "rotated elsewhere from a folder that somebody who was left out can still open: theirs, or a colleague's who knew nothing of it? Join it; seedvault open --refuse all refuses all",
		Ja: "外された人がまだ開けるフォルダーから切り替えられたもの。その人のものか、知らずに切り替えた仲間のものか。合わせるか、seedvault open --refuse all でまとめて断ること"}},
	{"unverified-epoch", Message{En: "signed by a key of a newer kind, so nothing of it can be verified: get the newest seedvault",
		Ja: "新しい種類の鍵で署名され、何も確かめられない。最新の seedvault が必要"}},
	{"older-format", Message{En: "a vault from before the format was settled, not read",
		Ja: "形式が定まる前の保管庫なので、読まない"}},
	{"missing-seal", Message{En: "a list of accepted seeds that others name is not here; copy it from where it was made, or give it up",
		Ja: "ほかの承認記録が名指す承認記録がない。作った所からコピーするか、諦めること"}},
	{"lost-seal", Message{En: "a list of accepted seeds that was given up", Ja: "探さないことにした承認記録"}},
	{"untrue-seal", Message{En: "a list that claims to contain another and does not: its own lines count, the claim does not",
		Ja: "ほかの承認記録を含むと称して、含んでいないもの。自身の行だけが数に入る"}},
	{"two-contents", Message{En: "accepted with two contents; either may lie here", Ja: "二つの内容で承認されている。どちらでもよい"}},
	{"older-than-seen", Message{En: "older than what this machine has seen: is this an old copy?",
		Ja: "このパソコンが前に見たものより古い。古いコピーでは"}},
	{"lost-deposit", Message{En: "added by this machine, and gone", Ja: "このパソコンで追加したのに、なくなっている"}},
	{"memory-lost", Message{En: "what this machine remembered of the vault was lost: whether an older copy was put in its place is not known from before",
		Ja: "このパソコンが保管庫について覚えていたことが失われた。古いコピーに置き換えられていないか、この日より前のことはわからない"}},
	{"journal-lost", Message{En: "this machine's notes of what it had added were lost, at least in part: what is gone of that is not known from before",
		Ja: "このパソコンが追加した記録の一部か全部が失われた。この日より前に追加したものがなくなっていても、わからない"}},
	{"few-ways-in", Message{En: "fewer than two ways into this vault: one loss may lock you out",
		Ja: "開く方法が二通りより少なく、一つ失うと開けなくなる"}},
	{"unlisted-way-in", Message{En: "may open this vault, and no list of who can has it; rotating leaves it out",
		Ja: "この保管庫を開けるかもしれず、開ける人の一覧にない。鍵の切り替えで外れる"}},
	{"classic-holder", Message{En: "a key that a quantum computer could break is a way into this post-quantum vault",
		Ja: "この耐量子の保管庫に、量子計算機で破られうる鍵の保持者がいる"}},
	{"differs", Message{En: "one seed with two contents: keep one", Ja: "一つのシードに二つの内容がある。一方を残すこと"}},
	{"same-seed", Message{En: "the same seed is accepted a second time", Ja: "同じシードがもう一つ承認されている"}},
	{"no-code", Message{En: "an accepted seed that gives no code", Ja: "承認済みなのに、コードが出ないシード"}},
	{"swapped-page", Message{En: "not the page that seedvault made: type nothing into it; whoever has typed a secret into it gives the vault a new key",
		Ja: "seedvault のページではない。何も入力しないこと。秘密を入力した人がいれば、鍵を切り替えること"}},
	{"overdue", Message{En: "a drill, which proves who can open the vault, is overdue since", Ja: "開けることを確かめる期限が過ぎている"}},
	{"shares-out-of-date", Message{En: "the sheets of its members show another fingerprint or other copies",
		Ja: "定足数グループのメンバーの紙は、フィンガープリントかコピーの場所が古くなっている"}},
	{"sheet-out-of-date", Message{En: "the sheet shows another fingerprint or other copies",
		Ja: "この復旧シートは、フィンガープリントかコピーの場所が古くなっている"}},
}

// MemoryParts are the parts of this machine's memory, said when one was found to be lost:
// local.Part.
var MemoryParts = Table{
	{"seen", Message{En: "what this machine remembered of the vault cannot be read and is lost: it remembers from now on; seedvault check, with a key, says how things stand",
		Ja: "このパソコンが保管庫について覚えていたことは、読めなくなり失われました。ここから覚え直します。いまの状態は、鍵を使って seedvault check で確かめてください"}},
	{"journal", Message{En: "this machine's notes of what it has added cannot all be read: what could be is kept",
		Ja: "このパソコンが追加した記録に、読めないものがあります。読めたものは残しました"}},
}

// HolderKinds are the kinds of holders: roster.Kind. A holder that no record describes
// has none.
var HolderKinds = Table{
	{"key", Message{En: "key", Ja: "鍵"}},
	{"passphrase", Message{En: "passphrase", Ja: "パスフレーズ"}},
	{"paper", Message{En: "paper", Ja: "紙"}},
	{"quorum", Message{En: "quorum", Ja: "定足数グループ"}},
	{"", Message{En: "unknown", Ja: "不明"}},
}

// Outcomes are what a rotation makes of a holder: escrow.HolderOutcome.
var Outcomes = Table{
	{"stays", Message{En: "stays", Ja: "残る"}},
	{"leaves", Message{En: "leaves", Ja: "外れる"}},
	{"ask", Message{En: "ASKED", Ja: "要回答"}},
}

// OutcomeReasons are why: escrow.RotationReason.
var OutcomeReasons = Table{
	{"removed", Message{En: "as asked", Ja: "指定のとおり"}},
	{"known", Message{En: "known to who is removed", Ja: "外される人が知っている"}},
	{"seats", Message{En: "too few members left", Ja: "残る人が足りない"}},
	{"conflict", Message{En: "two records differ", Ja: "記録が食い違う"}},
	{"same-name", Message{En: "two of one name", Ja: "同じ名前が二つ"}},
	{"unclaimed", Message{En: "no record of it", Ja: "記録がない"}},
	{"unusable", Message{En: "its key cannot be read", Ja: "鍵を読めない"}},
	{"one-side", Message{En: "only one of the two has it", Ja: "二つの一方だけにある"}},
}

// RotationQuestions are what a person is asked about a holder, by the reason:
// escrow.RotationReason.
var RotationQuestions = Table{
	{"known", Message{En: "%s: %s, who is removed, knows it or can reach it. Let it stay all the same? [y/N] ",
		Ja: "%s は、外される %s が知っているか、手にできます。それでも残しますか [y/N] "}},
	{"conflict", Message{En: "%s: two records claim to be one holder. Let this one stay? [y/N] ",
		Ja: "%s について、一つの保持者に食い違う記録があります。これを残しますか [y/N] "}},
	{"same-name", Message{En: "%s: another holder has its name. Let this one stay? [y/N] ",
		Ja: "%s と同じ名前の保持者がほかにもあります。これを残しますか [y/N] "}},
	{"one-side", Message{En: "%s can open only one of the two: perhaps somebody removed it from the other. Let it stay? [y/N] ",
		Ja: "%s が開けるのは二つのうち一方だけです。もう一方で誰かが外したのかもしれません。残しますか [y/N] "}},
	{"unclaimed", Message{En: "%s: a way in that no readable record describes, so it cannot come along. Go on without it? [y/N] ",
		Ja: "%s は、読める記録がないため引き継げません。これを除いて続けますか [y/N] "}},
	{"unusable", Message{En: "%s: its key cannot be read, so it cannot come along. Go on without it? [y/N] ",
		Ja: "%s は、鍵を読めないため引き継げません。これを除いて続けますか [y/N] "}},
}

// DrillResults are what came of trying a holder, or a member's share.
var DrillResults = Table{
	{"proven", Message{En: "opened it alone", Ja: "これだけで開いた"}},
	{"failed", Message{En: "opened it, seeds damaged", Ja: "開いたが、壊れたシードがある"}},
	{"not tried", Message{En: "not tried", Ja: "試していない"}},
	{"share", Message{En: "opened the share", Ja: "シェアを開いた"}},
}

// CopyStates are how a copy compares with its vault: copies.State, and a copy that
// this machine does not know.
var CopyStates = Table{
	{"equal", Message{En: "up to date", Ja: "最新"}},
	{"new", Message{En: "made", Ja: "作成した"}},
	{"behind", Message{En: "behind", Ja: "古い"}},
	{"ahead", Message{En: "has more than the vault", Ja: "保管庫より新しい"}},
	{"healed", Message{En: "healed", Ja: "直した"}},
	{"lost-files", Message{En: "has lost files", Ja: "ファイルが失われた"}},
	{"older", Message{En: "older than it once was", Ja: "前より古くなった"}},
	{"damaged", Message{En: "damaged", Ja: "壊れている"}},
	{"read-only", Message{En: "cannot be written to", Ja: "書き込めない"}},
	{"full", Message{En: "full", Ja: "空きがない"}},
	{"failed", Message{En: "reading or writing failed", Ja: "読み書きできない"}},
	{"emptied", Message{En: "empty, though it once was not", Ja: "空になっている"}},
	{"foreign", Message{En: "another vault lies there", Ja: "別の保管庫がある"}},
	{"unreachable", Message{En: "not reached", Ja: "届かない"}},
	{"elsewhere", Message{En: "not known to this machine", Ja: "このパソコンは場所を知らない"}},
	{"not-fetched", Message{En: "not downloaded to this PC", Ja: "このパソコンにダウンロードされていない"}},
	{"shared", Message{En: "hard links to the vault", Ja: "保管庫のファイルへのハードリンク"}},
	{"linked", Message{En: "a link leads elsewhere", Ja: "リンクで別の場所を指している"}},
	{"in-memory", Message{En: "it lies in this PC's memory", Ja: "このパソコンのメモリの中にある"}},
	{"vault", Message{En: "it is the vault's own folder", Ja: "保管庫そのもののフォルダー"}},
	{"no-kit", Message{En: "no kit lies there any more", Ja: "キットではないものがある"}},
	{"twin", Message{En: "it is the folder of another copy", Ja: "別のコピーのフォルダー"}},
}

// CopyReasons are why a copy does not count: survival.CopyState.Why. Those that are not
// here are states: [CopyStates].
var CopyReasons = Table{
	{"never", Message{En: "it was never seen whole from here", Ja: "ここから一度も完全な状態で見ていない"}},
	{"long-ago", Message{En: "it was not reached for more than 13 months", Ja: "13 か月より長く届いていない"}},
	{"behind", Message{En: "it lacks what came since it was last brought up to date", Ja: "最後に最新にした後の分がない"}},
	{"healed", Message{En: "files of it are damaged", Ja: "壊れたファイルがある"}},
}

// TraceStates are what a trace says that a thing counts for: trace.State.
var TraceStates = Table{
	{"not-compared", Message{En: "not compared", Ja: "未照合"}},
	{"pinned", Message{En: "this vault", Ja: "この保管庫"}},
	{"older", Message{En: "before a rotation", Ja: "鍵の切り替え前"}},
	{"successor", Message{En: "waits to be confirmed", Ja: "確認待ち"}},
	{"joins", Message{En: "brings two together", Ja: "二つを合わせたもの"}},
	{"fork", Message{En: "fork", Ja: "枝分かれ"}},
	{"closed-fork", Message{En: "fork, stops nothing", Ja: "枝分かれ（何も止めない）"}},
	{"stranger", Message{En: "another vault", Ja: "別の保管庫"}},
	{"newer", Message{En: "of a newer seedvault", Ja: "新しい seedvault のもの"}},
	{"unverified", Message{En: "cannot be verified", Ja: "検証できない"}},
	{"refused", Message{En: "refused here", Ja: "ここで断った"}},
	{"old-format", Message{En: "before the format", Ja: "形式が定まる前"}},
	{"last", Message{En: "valid, last", Ja: "有効、末尾"}},
	{"live", Message{En: "valid", Ja: "有効"}},
	{"included", Message{En: "valid, included", Ja: "有効、他に含まれる"}},
	{"untrue", Message{En: "valid, includes untruly", Ja: "有効、含むと偽る"}},
	{"unfinished", Message{En: "not signed", Ja: "署名なし"}},
	{"no-text", Message{En: "signature alone", Ja: "署名だけ"}},
	{"given-up", Message{En: "given up", Ja: "失われたと認めた"}},
	{"accepted", Message{En: "accepted", Ja: "承認済み"}},
	{"not-accepted", Message{En: "not accepted", Ja: "未承認"}},
	{"late", Message{En: "late", Ja: "遅れて届いた"}},
	{"unconfirmed", Message{En: "not confirmed", Ja: "未確認"}},
	{"retired", Message{En: "removed", Ja: "外した"}},
	{"hidden", Message{En: "lives on elsewhere", Ja: "別の所で続く"}},
	{"whole", Message{En: "whole", Ja: "正常"}},
	{"damaged", Message{En: "damaged", Ja: "壊れている"}},
	{"missing", Message{En: "missing", Ja: "ない"}},
	{"duplicate", Message{En: "copy", Ja: "重複"}},
	{"verifies", Message{En: "verifies", Ja: "署名は正しい"}},
	{"not-verified", Message{En: "not verified", Ja: "署名を確かめられない"}},
	{"reserved", Message{En: "reserved", Ja: "予約"}},
	{"temporary", Message{En: "unfinished", Ja: "書きかけ"}},
	{"special", Message{En: "not followed", Ja: "たどらない"}},
	{"unknown", Message{En: "left alone", Ja: "触れない"}},
}

// Components are what can be lost, with its name where it has one:
// survival.Kind.
var Components = Table{
	{"pc", Message{En: "this PC", Ja: "このパソコン"}},
	{"phone", Message{En: "the phone", Ja: "スマホ"}},
	{"place", Message{En: "the place %s", Ja: "置き場所 %s"}},
	{"holder", Message{En: "holder %s", Ja: "保持者 %s"}},
	{"person", Message{En: "%s (person)", Ja: "%s さん"}},
	{"copy", Message{En: "copy %s", Ja: "コピー %s"}},
}

// HoldersLost are how a holder that may be lost is named, by its kind: roster.Kind. The name
// alone would tell a person nothing who has not been told what a holder is.
var HoldersLost = Table{
	{"key", Message{En: "the key (holder %s)", Ja: "鍵（保持者 %s）"}},
	{"passphrase", Message{En: "the passphrase (holder %s)", Ja: "パスフレーズ（保持者 %s）"}},
	{"paper", Message{En: "the sheet (holder %s)", Ja: "復旧シート（保持者 %s）"}},
	{"quorum", Message{En: "the quorum %s (people who open it together)", Ja: "定足数グループ %s（そろえば開ける人々）"}},
}

// Actors say who takes a path of the guide that is not the person's own.
var Actors = Table{
	{"administrator", Message{En: "An administrator does this for you.", Ja: "管理者が代わりに行います"}},
	{"owner", Message{En: "The owner of the account or organization does this.",
		Ja: "アカウントか組織の所有者が行います"}},
	{"support", Message{En: "The service's support does this, on your request.",
		Ja: "依頼を受けて、サービスのサポートが行います"}},
}
