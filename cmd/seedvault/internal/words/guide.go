package words

// The recovery guide, beside what its pages say.
var (
	GuideOneForm = Message{En: "only one of --list, --search, --html, --before and --call; --html alone goes with --call",
		Ja: "--list、--search、--html、--before、--call は一つだけ指定してください。--call と組み合わせられるのは --html だけです"}
	GuideNameWhat    = Message{En: "say which page", Ja: "どのページかを指定してください"}
	HintGuideOneName = Message{En: "put a name of several words in quotes; see seedvault guide --list",
		Ja: "数語の名前は引用符で囲んでください。ページの一覧: seedvault guide --list"}
	HintGuideList = Message{En: "see the pages there are: seedvault guide --list",
		Ja: "ページの一覧を見てください: seedvault guide --list"}
	GuideNotFound = Message{En: "there is no page for %s; this is what helps with any service",
		Ja: "%s のページはありません。どのサービスにも役立つ手順を示します"}
	GuideGuess        = Message{En: "taken for %s", Ja: "%s のことと見なします"}
	GuideUnknown      = Message{En: "nothing here is called %s", Ja: "%s という名前のものはここにありません"}
	GuideNear         = Message{En: "did you mean one of these: %s", Ja: "もしかして: %s"}
	GuideMoreServices = Message{En: "and %d more services, by name or address, with what helps with any of them",
		Ja: "ほかに %d のサービスも、名前かアドレスで探せます。どのサービスにも役立つ手順を示します"}
	GuideNotKept = Message{En: "where you are in the guide is not kept: %s", Ja: "手引きのどこまで進んだかは残せません: %s"}
	GuideLeft    = Message{En: "left at %s, step %d of %d; to go on there: seedvault guide",
		Ja: "%s の手順 %[2]d（全 %[3]d）で終えました。続けるには: seedvault guide"}
	GuideWay   = Message{En: "Your way: %s; steps: %d", Ja: "進み方: %s（全 %d 手順）"}
	GuideStory = Message{En: "One person's experience, to read beside it: seedvault guide %s",
		Ja: "あわせて読める体験談: seedvault guide %s"}
	GuideWalkTitle    = Message{En: "%s: %s", Ja: "%s: %s"}
	GuideLeftForLater = Message{En: "left for later: %s %s", Ja: "後回し: %s %s"}
	GuideDidItWork    = Message{En: "These were the steps. Are you in again?", Ja: "手順はここまでです。入れるようになりましたか"}
	GuideAllDone      = Message{En: "These were the steps. Is all of it done?", Ja: "手順はここまでです。すべて済みましたか"}
	GuideDone         = Message{En: "Well done. Where you were in the guide is forgotten. Prepare for the next time now: seedvault guide --before",
		Ja: "お疲れさまでした。手引きの進み具合は消しました。次に備えて、いま準備してください: seedvault guide --before"}
	GuideWorkDone = Message{En: "All of it is done. Where you were in the guide is forgotten.",
		Ja: "すべて済みました。手引きの進み具合は消しました"}
	GuideFailed   = Message{En: "This way did not work: %s", Ja: "うまくいかなかった方法: %s"}
	GuideNoneLeft = Message{En: "No other way is known here. Ask the service's support, once, from the mail address of the account.",
		Ja: "ほかの方法は、この手引きにはありません。アカウントのメールアドレスから、サービスのサポートに一度だけ問い合わせてください"}
	GuideNoneLeftHere = Message{En: "No other way is known here for %s. There is still what helps with any service.",
		Ja: "%s の方法は、この手引きにはほかにありません。どのサービスにも役立つ手順が残っています"}
	GuideWhy        = Message{En: "Why this is asked: %s", Ja: "尋ねる理由: %s"}
	GuideAskService = Message{En: "Which service are you locked out of? Type its name or its address.",
		Ja: "どのサービスに入れなくなりましたか。名前かアドレスを入力してください"}
	GuideKnown = Message{En: "Pages: %s. More than a thousand others are known by name or address.",
		Ja: "ページ: %s。ほかに千以上のサービスを名前かアドレスで探せます"}
	GuideGoOn       = Message{En: "Go on with %s, step %d of %d?", Ja: "%s の手順 %d（全 %d）から続けますか"}
	GuideMore       = Message{En: "Enter: more", Ja: "Enter: 続き"}
	GuideKeysEnd    = Message{En: "Enter: end", Ja: "Enter: 終わる"}
	GuideKeysFailed = Message{En: "Enter: on to the next way   q: end", Ja: "Enter: 次の方法へ   q: 終わる"}
	GuideKeysOpen   = Message{En: "Enter: find your way   r: read all of it   q: end",
		Ja: "Enter: 進み方を探す   r: 全体を読む   q: 終わる"}
	GuideKeysPlan = Message{En: "Enter: begin   f: this is not for me   b: back   r: read all of the page   q: end",
		Ja: "Enter: 始める   f: 自分には合わない   b: 戻る   r: ページ全体を読む   q: 終わる"}
	GuideKeysPlanWork = Message{En: "Enter: begin   r: read all of the page   q: end",
		Ja: "Enter: 始める   r: ページ全体を読む   q: 終わる"}
	GuideKeysStepWork = Message{En: "Enter: done   b: back   l: later   q: end, and go on another time",
		Ja: "Enter: できた   b: 戻る   l: 後回し   q: 終えて、後で続ける"}
	GuideKeysLastWork = Message{En: "Enter: yes   b: back   q: end, and go on another time",
		Ja: "Enter: はい   b: 戻る   q: 終えて、後で続ける"}
	GuideKeysStep = Message{En: "Enter: done   f: it failed   b: back   l: later   q: end, and go on another time",
		Ja: "Enter: できた   f: うまくいかない   b: 戻る   l: 後回し   q: 終えて、後で続ける"}
	GuideKeysLast = Message{En: "Enter: yes   f: it failed   b: back   q: end, and go on another time",
		Ja: "Enter: はい   f: うまくいかない   b: 戻る   q: 終えて、後で続ける"}
	GuideKeysQuestion = Message{En: "y: yes   n: no   Enter: I do not know   ?: why this is asked   b: back   q: end",
		Ja: "y: はい   n: いいえ   Enter: わからない   ?: 尋ねる理由   b: 戻る   q: 終わる"}
	GuideKeysChoice = Message{En: "type the number   ?: why this is asked   b: back   q: end",
		Ja: "番号を入力   ?: 尋ねる理由   b: 戻る   q: 終わる"}
	GuideNoKey       = Message{En: "%s does nothing here; what does is named below", Ja: "「%s」に当たるキーはありません。使えるキーは下にあります"}
	GuideKeysService = Message{En: "Enter: any service   l: the pages there are   q: end",
		Ja: "Enter: どのサービスにも役立つ手順   l: ページの一覧   q: 終わる"}
	GuideKeysGoOn = Message{En: "Enter: yes   n: begin anew   q: end", Ja: "Enter: はい   n: 最初から   q: 終わる"}
	GuideKeysRead = Message{En: "Enter: back", Ja: "Enter: 戻る"}
	GuideTree     = Message{En: "There is no terminal to ask you at. These are the questions; stop at the first that you can answer with yes.",
		Ja: "質問できる端末がありません。尋ねることは次のとおりです。最初に「はい」と答えられるところで止まってください"}
	GuideBefore   = Message{En: "To prepare for %s:", Ja: "%s のために準備すること:"}
	GuideReadyHow = Message{En: "What is done can be noted with the seed: seedvault edit NAME --ready WORD",
		Ja: "済んだことはシードに書き添えられます: seedvault edit NAME --ready WORD"}
	NotToPrepare     = Message{En: "%s is nothing to prepare for %s", Ja: "%s は、%s で準備することにありません"}
	HintNotToPrepare = Message{En: "with --ready goes one of these: %s", Ja: "--ready に付けられる語: %s"}
	NotADay          = Message{En: "not a day: %s", Ja: "日付ではありません: %s"}
	HintNotADay      = Message{En: "write it like --ready phone=2026-11-22; without a day it is today",
		Ja: "--ready phone=2026-11-22 のように書いてください。日付がなければ今日です"}
	Prepare = Message{En: "before %s is lost: %s. More: seedvault guide --before %s",
		Ja: "%s を失うときに備えて: %s。全部を見るには: seedvault guide --before %s"}
	PrepareMany = Message{En: "prepare for their loss too: seedvault guide --before",
		Ja: "失うときに備えて準備してください: seedvault guide --before"}
	NotReady  = Message{En: "not yet noted as prepared for %s: %s", Ja: "%s でまだ確認していない準備: %s"}
	HintReady = Message{En: "what to do: seedvault guide --before; then note it: seedvault edit NAME --ready WORD",
		Ja: "すること: seedvault guide --before。済んだら書き添えます: seedvault edit NAME --ready WORD"}
	GuideNoCall     = Message{En: "there is no call script for %s", Ja: "%s には電話の台本がありません"}
	HintGuideNoCall = Message{En: "there is one for AWS: seedvault guide aws-root --call",
		Ja: "AWS のものがあります: seedvault guide aws-root --call"}
	GuideKeysNoneLeft = Message{En: "Enter: go on there   q: end", Ja: "Enter: そこから続ける   q: 終わる"}
	GuideFoundNothing = Message{En: "nothing found for %s", Ja: "%s では何も見つかりません"}
	GuideWrote        = Message{En: "wrote %s, to print or to open in a browser",
		Ja: "%s に書きました。印刷するか、ブラウザーで開けます"}
)
