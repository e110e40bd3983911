package words

// Drills, the proofs that a holder opens the vault.
var (
	DrillWhat        = Message{En: "name one holder, or --all of them", Ja: "保持者を一つ指定するか、--all を付けてください"}
	DrillUnknown     = Message{En: "no holder is called %s", Ja: "%s という保持者はありません"}
	HintDrillUnknown = Message{En: "the holders here: %s", Ja: "ここにある保持者: %s"}
	DrillMember      = Message{En: "%s of %s", Ja: "%[2]s の %[1]s"}
	AskDrill         = Message{En: "%s: passphrase, or first line on its sheet [Enter: not now]: ",
		Ja: "%s のパスフレーズ、または紙の 1 行目 [Enter: 今はしない]: "}
	DrillOther = Message{En: "that opens the vault as %s, and so says nothing of %s",
		Ja: "それで開くのは %s です。%s については何もわかりません"}
	HintDrillOther = Message{En: "to prove the one it is: seedvault drill %s",
		Ja: "その保持者を確かめるには: seedvault drill %s"}
	DrillNothing = Message{En: "%s is not proven: nothing that was given or typed opens it",
		Ja: "%s は確かめられません。渡されたもの、入力されたものでは開きません"}
	HintDrillNothing = Message{En: "give its key with -i FILE or --passphrase-file FILE, or type it: seedvault drill %s",
		Ja: "鍵を -i FILE か --passphrase-file FILE で渡すか、入力してください: seedvault drill %s"}
	DrillUnlisted = Message{En: "that opens the vault by a way in that no list of who can open it names, and so proves nobody: %s",
		Ja: "それで保管庫は開きますが、開ける人の一覧にない方法なので、誰の確認にもなりません: %s"}
	DrillUnrecorded = Message{En: "this machine knows no vault to write the proof into; file away what is printed",
		Ja: "このパソコンには、記録を書き込む保管庫がありません。表示を保存してください"}
	DrillClaimed = Message{En: "written down for %s of %s; it counts once somebody opens the vault",
		Ja: "%[2]s の %[1]s の記録を置きました。誰かが保管庫を開くと有効になります"}
	DrillSaid = Message{En: "%s alone opened %s: %d {seed decrypted, and it gives its code|seeds decrypted, and each gives its code}",
		Ja: "%s だけで %s を開き、%d 件のシードを復号しました。どれもコードが出ます"}
	DrillShareSaid  = Message{En: "%s's share of %s opens and is intact", Ja: "%[2]s の %[1]s のシェアは開けて、無事です"}
	DrillFailedFile = Message{En: "  could not be read: %s", Ja: "  読めないもの: %s"}
	DrillFailed     = Message{En: "%s opened it, but %d {seed|seeds} could not be read; nothing is proven",
		Ja: "%s で開けますが、%d 件のシードを読めません。確かめたことにはなりません"}
	HintDrillFailed = Message{En: "heal them from another copy: seedvault copy sync",
		Ja: "別のコピーから直してください: seedvault copy sync"}
	DrillCopy      = Message{En: "the copy %s", Ja: "コピー %s"}
	DrillVault     = Message{En: "the vault", Ja: "保管庫"}
	DrillTitle     = Message{En: "drill of %s UTC, of %s", Ja: "%s UTC の確認、対象: %s"}
	NeverProven    = Message{En: "never", Ja: "まだ"}
	DrillUnproven  = Message{En: "never proven: %s", Ja: "一度も確かめていないもの: %s"}
	DrillAllProven = Message{En: "every holder has been proven to open the vault", Ja: "どの保持者でも開けることを確かめてあります"}
	ProofSealed    = Message{En: "%s's proof of their share of %s is written into the vault, as their machine tells it",
		Ja: "%[2]s の %[1]s がシェアを確かめたことを、その人のパソコンの記録のとおり保管庫に書きました"}
)
