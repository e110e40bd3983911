package speech

// japaneseGuide is what is said by the recovery guide, beside what its pages say.
var japaneseGuide = map[Message]string{
	HelpGuide: `使い方: seedvault guide [NAME] [--plain]
        seedvault guide --list | --search WORD [--json]
        seedvault guide NAME --html FILE | --json
        seedvault guide --before [NAME]
        seedvault guide aws-root --call

スマホをなくし、控えもないときのための手引きです。サービス自身の復旧の手順を、
一つずつ案内します。名前がなければ、先にいくつか質問します。保管庫もネットワー
クも要らず、何かを勝手に開くこともありません。どこまで進んだかはこのパソコンに
残すので、後で続けられます。パイプにはページ全体を出します。

  NAME           サービスの名前、アドレス、またはアプリでの名前
  --plain        端末でもページ全体を出す
  --list         ページの一覧
  --search WORD  その語を含むページとサービス
  --json         スクリプト用に、一覧、見つかったもの、またはページ
  --html FILE    印刷用のページ。両方の言語で、チェック欄付き
  --before       起きる前に準備すること。サービスを指定するか、保管庫のシードの
                 サービスについて
  --call         AWS から電話が来たときの台本。自分の名前や番号の読み方も示す。
                 入力したものはどこにも残らない

例: seedvault guide github`,

	GuideOneForm:      "--list、--search、--html、--before、--call は一つだけ指定してください",
	GuideNameWhat:     "どのページかを指定してください",
	HintGuideOneName:  "数語の名前は引用符で囲んでください。ページの一覧: seedvault guide --list",
	HintGuideList:     "ページの一覧を見てください: seedvault guide --list",
	GuideNotFound:     "%s のページはありません。どのサービスにも役立つ手順を示します",
	GuideGuess:        "%s のことと見なします",
	GuideUnknown:      "%s という名前のものはここにありません",
	GuideNear:         "もしかして: %s",
	GuideMoreServices: "ほかに %d のサービスも、名前かアドレスで探せます。どのサービスにも役立つ手順を示します",
	GuideNotKept:      "手引きのどこまで進んだかは残せません: %s",
	GuideLeft:         "%s の手順 %[2]d（全 %[3]d）で終えました。続けるには: seedvault guide",

	GuideWay:             "進み方: %s（全 %d 手順）",
	GuideStory:           "あわせて読める体験談: seedvault guide %s",
	GuideByAdministrator: "管理者が代わりに行います",
	GuideByOwner:         "アカウントか組織の所有者が行います",
	GuideBySupport:       "依頼を受けて、サービスのサポートが行います",

	GuideWalkTitle:    "%s: %s",
	GuideLeftForLater: "後回し: %s %s",
	GuideDidItWork:    "手順はここまでです。入れるようになりましたか",
	GuideAllDone:      "手順はここまでです。すべて済みましたか",
	GuideDone:         "お疲れさまでした。手引きの進み具合は消しました。次に備えて、いま準備してください: seedvault guide --before",
	GuideWorkDone:     "すべて済みました。手引きの進み具合は消しました",
	GuideFailed:       "うまくいかなかった方法: %s",
	GuideNoneLeft:     "ほかの方法は、この手引きにはありません。アカウントのメールアドレスから、サービスのサポートに一度だけ問い合わせてください",
	GuideNoneLeftHere: "%s の方法は、この手引きにはほかにありません。どのサービスにも役立つ手順が残っています",

	GuideWhy:        "尋ねる理由: %s",
	GuideAskService: "どのサービスに入れなくなりましたか。名前かアドレスを入力してください",
	GuideKnown:      "ページ: %s。ほかに千以上のサービスを名前かアドレスで探せます",
	GuideGoOn:       "%s の手順 %d（全 %d）から続けますか",

	GuideMore:         "Enter: 続き",
	GuideKeysEnd:      "Enter: 終わる",
	GuideKeysFailed:   "Enter: 次の方法へ   q: 終わる",
	GuideKeysOpen:     "Enter: 進み方を探す   r: 全体を読む   q: 終わる",
	GuideKeysPlan:     "Enter: 始める   f: 自分には合わない   b: 戻る   r: ページ全体を読む   q: 終わる",
	GuideKeysPlanWork: "Enter: 始める   r: ページ全体を読む   q: 終わる",
	GuideKeysStepWork: "Enter: できた   b: 戻る   l: 後回し   q: 終えて、後で続ける",
	GuideKeysLastWork: "Enter: はい   b: 戻る   q: 終えて、後で続ける",
	GuideKeysStep:     "Enter: できた   f: うまくいかない   b: 戻る   l: 後回し   q: 終えて、後で続ける",
	GuideKeysLast:     "Enter: はい   f: うまくいかない   b: 戻る   q: 終えて、後で続ける",
	GuideKeysQuestion: "y: はい   n: いいえ   Enter: わからない   ?: 尋ねる理由   b: 戻る   q: 終わる",
	GuideKeysChoice:   "番号を入力   ?: 尋ねる理由   q: 終わる",
	GuideKeysService:  "Enter: どのサービスにも役立つ手順   l: ページの一覧   q: 終わる",
	GuideKeysGoOn:     "Enter: はい   n: 最初から   q: 終わる",
	GuideKeysRead:     "Enter: 戻る",

	GuideTree: "質問できる端末がありません。尋ねることは次のとおりです。最初に「はい」と答えられるところで止まってください",

	GuideBefore:      "%s のために準備すること:",
	GuideReadyHow:    "済んだことはシードに書き添えられます: seedvault edit NAME --ready WORD",
	NotToPrepare:     "%s は、%s で準備することにありません",
	HintNotToPrepare: "--ready に付けられる語: %s",
	NotADay:          "日付ではありません: %s",
	HintNotADay:      "--ready phone=2026-11-22 のように書いてください。日付がなければ今日です",
	Prepare:          "%s を失うときに備えて: %s。全部を見るには: seedvault guide --before %s",
	PrepareMany:      "失うときに備えて準備してください: seedvault guide --before",
	NotReady:         "%s でまだ確認していない準備: %s",
	HintReady:        "すること: seedvault guide --before。済んだら書き添えます: seedvault edit NAME --ready WORD",

	GuideNoCall:       "%s には電話の台本がありません",
	HintGuideNoCall:   "AWS のものがあります: seedvault guide aws-root --call",
	GuideKeysNoneLeft: "Enter: そこから続ける   q: 終わる",
	CallKeysFact:      "入力、または Enter: 省く   q: 終わる",
	CallKeysTurn:      "Enter: 次   b: 戻る   ?: いつでも使える言い方   q: 終わる",
	CallFact:          "自分の情報 %d / %d。どこにも残さず、読み上げられるように綴りを示すだけです",
	CallTooMuch:       "下 4 桁だけを入力してください。カード番号の全桁は決して使いません。入力したものは残していません",
	CallTurn:          "電話 %d / %d。順番は変わることがあります",
	CallPrepare:       "手元に用意するもの:",
	CallRules:         "どの電話でも守ること:",
	CallRescue:        "いつでも使える言い方:",
	CallAsks:          "相手:",
	CallAnswer:        "自分:",
	CallElse:          "または:",
	CallNote:          "注: %s",
	CallEnd:           "電話はここまでです。入れるようになったら: seedvault guide after",
	GuideFoundNothing: "%s では何も見つかりません",
	GuideWrote:        "%s に書きました。印刷するか、ブラウザーで開けます",
}
