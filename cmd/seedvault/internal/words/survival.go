package words

// What a loss would cost, and what stands in the way of surviving it.
var (
	VerdictAll = Message{En: "survives the loss of the phone, of this PC, and of both at once",
		Ja: "スマホ、このパソコン、その両方のどれを失っても取り戻せます"}
	VerdictNotPC = Message{En: "survives the loss of the phone, but NOT of this PC",
		Ja: "スマホを失っても取り戻せますが、このパソコンを失うと取り戻せません"}
	VerdictNotPhone = Message{En: "survives the loss of this PC, but NOT of the phone",
		Ja: "このパソコンを失っても取り戻せますが、スマホを失うと取り戻せません"}
	VerdictNotBoth = Message{En: "survives the loss of the phone or of this PC, but NOT of both at once",
		Ja: "スマホかこのパソコンの片方なら失っても取り戻せますが、両方を失うと取り戻せません"}
	VerdictNothing = Message{En: "survives NEITHER the loss of the phone NOR that of this PC",
		Ja: "スマホを失っても、このパソコンを失っても、取り戻せません"}
	VerdictUnknown = Message{En: "what it survives is not known here: this machine has never seen who can open the vault",
		Ja: "何を失うと取り戻せなくなるかは、ここではわかりません。誰が開けるかを、このパソコンはまだ見ていません"}
	VerdictIncomplete = Message{En: "not everything of the vault is here and whole: see what is named here",
		Ja: "保管庫に、足りないものか壊れたものがあります。ここに挙げたものを見てください"}
	VerdictSingle = Message{En: "if this alone is lost, all is lost for good: %s", Ja: "これだけを失っても取り戻せなくなるもの: %s"}
	MendCopy      = Message{En: "to mend that, keep a copy elsewhere: seedvault copy add DIR --kept PLACE --as NAME",
		Ja: "別の場所にもコピーを置くには: seedvault copy add DIR --kept PLACE --as NAME"}
	MendSync = Message{En: "to mend that, with the copy %s at hand: seedvault copy sync %s",
		Ja: "コピー %s を最新にするには、つないでから: seedvault copy sync %s"}
	MendHolder = Message{En: "to mend that, make another way in: seedvault holder add NAME --paper --out sheet.html --kept PLACE",
		Ja: "開く方法を増やすには: seedvault holder add NAME --paper --out sheet.html --kept PLACE"}
	MendKey = Message{En: "to know it: seedvault check -i FILE, or --passphrase-file FILE",
		Ja: "知るには: seedvault check -i FILE、または --passphrase-file FILE"}
	ExplainLosses = Message{En: "what each loss would cost:", Ja: "それぞれを失った場合:"}
	LossOf        = Message{En: "%s: %s", Ja: "%s: %s"}
	LossSurvived  = Message{En: "survived", Ja: "取り戻せる"}
	LossLocksOut  = Message{En: "LOCKED OUT FOR GOOD", Ja: "取り戻せない"}
	ExplainCuts   = Message{En: "the smallest losses that lock you out for good; what stands on one line is lost at once:",
		Ja: "次の行のどれか一つをまるごと失うと、取り戻せません（最も少ない組み合わせ）:"}
	ExplainMore    = Message{En: "  and %d more", Ja: "  ほかに %d 組"}
	ExplainTooMany = Message{En: "more than 30 things could be lost: not searched through for sets of them",
		Ja: "失われうるものが 30 を超えるため、組み合わせは調べていません"}
	ExplainAlone    = Message{En: "can open it alone: %s", Ja: "一人で開ける: %s"}
	ExplainUnlisted = Message{En: "may open it too, and no list says who: %s", Ja: "ほかに開けるかもしれず、誰のものか一覧にない: %s"}
	ExplainTogether = Message{En: "can open it together, any %d of: %s", Ja: "次のうち %d 人がそろえば開ける: %s"}
	ExplainUnproven = Message{En: "not tried out in the past year: %s; prove that one opens the vault: seedvault drill %s",
		Ja: "この 1 年に試した記録がない: %s。確かめるには: seedvault drill %s"}
	ExplainCircle = Message{En: "the copy %s lies behind the account of %s, whose seed is in this vault: without the phone it cannot be reached, unless that account's recovery codes are kept elsewhere",
		Ja: "コピー %s を取り出すには %s のコードが要り、そのシードはこの保管庫にあります。スマホも失うと届きません。そのアカウントのリカバリーコードを別の所に置いてください"}
	CheckDue    = Message{En: "next drill, which proves who can open the vault, due by %s", Ja: "開けることを次に確かめる期限: %s"}
	AuditTitle  = Message{En: "who could open the vault on %s UTC:", Ja: "%s UTC に保管庫を開けた保持者:"}
	UntilNow    = Message{En: "now", Ja: "現在"}
	AuditClaims = Message{En: "the times are those that whoever signed the lists gave; opening leaves no trace, so this says who could and not who did",
		Ja: "日時は、署名した人が書いたものです。開いた記録は残らないため、開けた人はわかっても、開いた人はわかりません"}
	AuditCopies = Message{En: "who could open it then still opens every copy made until then; a secret told to others is not known to any list",
		Ja: "そのときに開けた人は、それまでに作られたコピーを今でも開けます。ほかの人に教えた秘密は、どの記録にも残りません"}
	BadDate     = Message{En: "not a date: %s", Ja: "日付として読めません: %s"}
	HintBadDate = Message{En: "as --at 2026-08-22, or 2026-08-22T10:00:00Z",
		Ja: "--at 2026-08-22、または 2026-08-22T10:00:00Z のように指定してください"}
	VaultNameTaken     = Message{En: "there is a vault called %s already: %s", Ja: "%s という保管庫がもうあります: %s"}
	HintVaultNameTaken = Message{En: "give this one another name: --as NAME", Ja: "--as NAME で別の名前を付けてください"}
	SomeVaults         = Message{En: "not every vault could be looked at", Ja: "見られない保管庫がありました"}
	HintSomeVaults     = Message{En: "look at one alone: seedvault check --vault NAME",
		Ja: "一つだけ見るには: seedvault check --vault NAME"}
	VaultTitle    = Message{En: "vault %s: %s", Ja: "保管庫 %s: %s"}
	ExplainSynced = Message{En: "the copy %s held everything on %s, when it was last brought up to date",
		Ja: "コピー %s は、%s に最新にしたとき、すべてを含んでいました"}
	ExplainAnywhere = Message{En: "nobody has said where the key of %s is kept or whose it is, so it is counted as lost with this PC: seedvault holder edit %s --kept PLACE",
		Ja: "%s の鍵がどこにあるか、誰のものかは書かれていないので、このパソコンと一緒に失われると考えます: seedvault holder edit %s --kept PLACE"}
	ExplainUnplaced = Message{En: "nobody has said where these are kept, so they are counted as lost with no place: %s; to say it: seedvault holder edit %s --kept PLACE",
		Ja: "置き場所が書かれていないため、どの場所とも一緒には失われないものとして数えました: %s。書くには: seedvault holder edit %s --kept PLACE"}
	ExplainOtherPC = Message{En: "%s is the key of some PC, and this PC does not have it, so nothing is built on it; if that PC is gone: seedvault rotate --remove %s; if it is not, say where it is: seedvault holder edit %s --kept PLACE",
		Ja: "%s はパソコンの鍵ですが、このパソコンにはないので、当てにしていません。そのパソコンがもうなければ: seedvault rotate --remove %s。まだあるなら、置き場所を書いてください: seedvault holder edit %s --kept PLACE"}
	ExplainShares = Message{En: "where the shares of %s lie is not known here; if one place has so many that the others cannot open without it, say so: seedvault holder edit %s --kept PLACE",
		Ja: "%s のシェアがどこにあるかは、ここではわかりません。一か所のシェアを失うと残りでは開けないなら、そう書いてください: seedvault holder edit %s --kept PLACE"}
	ExplainPCToo = Message{En: "%s, if this PC stands there", Ja: "%s（このパソコンもそこにある場合）"}
)
