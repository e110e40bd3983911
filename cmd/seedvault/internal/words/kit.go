package words

// Kits: a copy in one file.
var (
	NoKit       = Message{En: "not a kit of seedvault: %s", Ja: "seedvault のキットではありません: %s"}
	HintNoKit   = Message{En: "name the file that seedvault copy add kit:KIT.html has made, or the vault's folder", Ja: "seedvault copy add kit:KIT.html で作ったファイルか、保管庫のフォルダーを指定してください"}
	KitCut      = Message{En: "this kit is cut off or damaged: %s", Ja: "このキットは途中で切れたか、壊れています: %s"}
	HintKitCut  = Message{En: "take another copy of it; where the vault is, write it anew: seedvault copy sync", Ja: "別のコピーを使ってください。保管庫があれば、書き直すには: seedvault copy sync"}
	KitTorn     = Message{En: "this kit is cut off or damaged, and what can be read of it is used: %s", Ja: "このキットは途中で切れたか壊れていますが、読める分を使います: %s"}
	KitLink     = Message{En: "a link lies in the kit's place: %s", Ja: "キットの場所にリンクがあります: %s"}
	HintKitLink = Message{En: "name the file that it leads to, if you know it: seedvault copy list", Ja: "リンク先がわかるなら、そのファイルを指定してください。一覧は: seedvault copy list"}
	KitName     = Message{En: "a kit is a page, and its name ends in .html: %s", Ja: "キットの名前は .html で終わります: %s"}
	HintKitName = Message{En: "name it so: seedvault copy add kit:KIT.html --kept PLACE --as NAME", Ja: "こう指定してください: seedvault copy add kit:KIT.html --kept PLACE --as NAME"}
	KitTwice    = Message{En: "that kit is a copy already: %s, called %s", Ja: "そのキットはもうコピーとして登録してあります: %s（名前は %s）"}
	KitInVault  = Message{En: "a kit inside the vault is no copy: %s", Ja: "保管庫の中に置いたキットはコピーになりません: %s"}
	KitIsFolder = Message{En: "a folder of that name lies there: %s", Ja: "その名前のフォルダーがあります: %s"}

	KitOfAnother   = Message{En: "that is the kit of another vault, and was not touched: %s", Ja: "別の保管庫のキットです。手を付けていません: %s"}
	HintKitNotMade = Message{En: "nothing of it is left; make room and try again: seedvault copy add kit:KIT.html --kept PLACE --as NAME",
		Ja: "書きかけは残っていません。空きを作って、もう一度: seedvault copy add kit:KIT.html --kept PLACE --as NAME"}
	KitWhichIs = Message{En: "which of its kits is %s? Say it, and it is kept up to date: seedvault copy add kit:KIT.html --as %s",
		Ja: "%s は、どのキットですか。名前を示せば最新にします: seedvault copy add kit:KIT.html --as %s"}
)
