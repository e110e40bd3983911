package words

// Heads and marks of tables.
var (
	ColumnIssuer    = Message{En: "issuer", Ja: "発行元"}
	ColumnAccount   = Message{En: "account", Ja: "アカウント"}
	ColumnName      = Message{En: "name", Ja: "名前"}
	ColumnAdded     = Message{En: "added", Ja: "追加日"}
	ColumnReceipt   = Message{En: "receipt", Ja: "受付番号"}
	ColumnCode      = Message{En: "code", Ja: "コード"}
	ColumnNext      = Message{En: "next", Ja: "次"}
	ColumnSeconds   = Message{En: "left", Ja: "残り秒"}
	ColumnHolder    = Message{En: "holder", Ja: "保持者"}
	ColumnKind      = Message{En: "kind", Ja: "種類"}
	ColumnKept      = Message{En: "kept", Ja: "保管場所"}
	ColumnWho       = Message{En: "who", Ja: "知っている人"}
	ColumnRecipient = Message{En: "recipient", Ja: "公開鍵"}
	MarkNotAccepted = Message{En: "not yet accepted", Ja: "未承認"}
	MarkBy          = Message{En: "added by %s", Ja: "%s が追加"}
	MarkUnconfirmed = Message{En: "in %s, which nobody here has confirmed", Ja: "ここでは誰も確認していない %s の中"}
	MarkDiffers     = Message{En: "differs from another of its id", Ja: "同じ ID のほかのものと内容が違う"}
	MarkSameSecret  = Message{En: "same secret as %s", Ja: "%s とシークレットが同じ"}
	MarkSameID      = Message{En: "claims to be %s", Ja: "%s を名乗っている"}
	ColumnResult    = Message{En: "result", Ja: "結果"}
	ColumnSeeds     = Message{En: "seeds", Ja: "シード"}
	ColumnProven    = Message{En: "last proven", Ja: "最後の確認"}
	ColumnCopy      = Message{En: "copy", Ja: "コピー"}
	ColumnWhere     = Message{En: "where", Ja: "場所"}
	ColumnState     = Message{En: "state", Ja: "状態"}
	ColumnSynced    = Message{En: "up to date on", Ja: "最後に最新にした日"}
	ColumnFrom      = Message{En: "since", Ja: "開始"}
	ColumnFormat    = Message{En: "format", Ja: "形式"}
	ColumnApp       = Message{En: "app", Ja: "アプリ"}
	ColumnForms     = Message{En: "forms", Ja: "種類と形"}
	ColumnTakenBy   = Message{En: "taken by", Ja: "取り込めるアプリ"}
	FormEncrypted   = Message{En: "encrypted", Ja: "暗号化"}
	ColumnTo        = Message{En: "until", Ja: "終了"}
)
