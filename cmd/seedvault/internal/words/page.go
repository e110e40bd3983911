package words

// The page that opens a vault in a browser.
var (
	AskPage = Message{En: "put %s into the vault, a page that opens it in any browser? whoever can write to a copy can swap it: the sheet says what to compare it with [y/N] ",
		Ja: "どのブラウザーでも保管庫を開けるページ %s を、保管庫に入れますか。コピーに書き込める人にはすり替えられるので、比べるための桁が復旧シートに載ります [y/N] "}
	PagePut = Message{En: "%s opens the vault in any browser; the sheet says what to compare it with",
		Ja: "%s は、どのブラウザーでも保管庫を開けます。何と比べるかは復旧シートにあります"}
	PageTaken     = Message{En: "another file is called %s, and stays there", Ja: "%s という別のファイルがあるので、そのままにします"}
	HintPageTaken = Message{En: "move it away, and type the command again if the page is to lie there", Ja: "ページを置くなら、それを移してから、もう一度同じコマンドを入力してください"}
	PageMended    = Message{En: "%s in the vault was not the page that seedvault made, or was gone, and is right again; if a secret was typed into the other, give the vault a new key: seedvault rotate",
		Ja: "保管庫の %s は seedvault のページではなかったか、なくなっていたので、元に戻しました。別のページに秘密を入力したなら、鍵を切り替えてください: seedvault rotate"}
	PageSwapped = Message{En: "%s there is not the page that seedvault made: type nothing into it; its vault can be opened here all the same",
		Ja: "そこの %s は seedvault のページではありません。何も入力しないでください。保管庫は、ここでなら開けます"}
	CopyPageSwapped = Message{En: "in the copy %s, %s is not the page that seedvault made: type nothing into it, and remove it",
		Ja: "コピー %s の %s は seedvault のページではありません。何も入力せず、取り除いてください"}
	CopyPageMended = Message{En: "in the copy %s, %s was not the page that seedvault made, and is right again; if a secret was typed into it, give the vault a new key: seedvault rotate",
		Ja: "コピー %s の %s は seedvault のページではなかったので、元に戻しました。そこに秘密を入力したなら、鍵を切り替えてください: seedvault rotate"}
	PageComesBack = Message{En: "the right %s comes back with seedvault copy sync", Ja: "正しい %s に戻すには: seedvault copy sync"}
)
