package words

// Errors about what was given to be read, with their hints.
var (
	AddWhat     = Message{En: "nothing to add", Ja: "追加するものがありません"}
	HintAddWhat = Message{En: "name an image with a QR code, type seedvault add in a terminal, or give otpauth lines on standard input: seedvault add -",
		Ja: "QR コードの画像を指定するか、端末で seedvault add と入力するか、otpauth の行を標準入力で渡してください: seedvault add -"}
	EmptyInput   = Message{En: "the input is empty", Ja: "入力が空です"}
	NoNameTyped  = Message{En: "%s is an answer and no name; if it is one, type it once more", Ja: "%s は答えであって、名前ではないようです。名前なら、もう一度入力してください"}
	NoPlaceTyped = Message{En: "%s is no place: type a word for it, such as home, office, stick or cloud", Ja: "%s は場所ではありません。home、office、stick、cloud のような言葉を入力してください"}
	TypedNothing = Message{En: "that is no otpauth line, no key in base32 and no file that is here",
		Ja: "otpauth の行でも、base32 のキーでも、ここにあるファイルでもありません"}
	HintTypedNothing = Message{En: "paste the whole line or the whole key, or drop the image on this window: seedvault add",
		Ja: "行全体かキー全体を貼り付けるか、画像をこのウィンドウにドロップしてください: seedvault add"}
	BadParameter = Message{En: "%s is none of digits=N, period=N, algorithm=SHA1|SHA256|SHA512, type=totp|hotp|steam and counter=N",
		Ja: "%s は digits=N、period=N、algorithm=SHA1|SHA256|SHA512、type=totp|hotp|steam、counter=N のどれでもありません"}
	HintBadParameter = Message{En: "type what the site shows, such as digits=8, or press Enter where it shows none",
		Ja: "digits=8 のようにサイトの表示どおりに入力するか、何もなければ Enter を押してください"}
	NoClipboard = Message{En: "no way to the clipboard was found on this system",
		Ja: "このシステムではクリップボードを使えません"}
	HintNoClipboard = Message{En: "install wl-clipboard (Wayland) or xclip (X11), or do without it: seedvault add, seedvault code NAME",
		Ja: "wl-clipboard（Wayland）か xclip（X11）を入れるか、クリップボードなしで使ってください: seedvault add、seedvault code NAME"}
	EmptyClipboard = Message{En: "neither a picture nor a text is on the clipboard",
		Ja: "クリップボードに画像もテキストもありません"}
	ClipboardTooMuch = Message{En: "more is on the clipboard than a picture or the text of seeds has",
		Ja: "クリップボードの内容が、画像やシードのテキストにしては大きすぎます"}
	ClipboardSilent = Message{En: "%s did not hand over the clipboard in %d {second|seconds}",
		Ja: "%s が %d 秒たってもクリップボードの内容を渡しません"}
	HintEmptyClipboard = Message{En: "copy the QR code or the otpauth line, then type seedvault add --clipboard",
		Ja: "QR コードか otpauth の行をコピーしてから seedvault add --clipboard と入力してください"}
	ClipboardFailed = Message{En: "%s does not take the code", Ja: "%s にコードを渡せません"}
	Declined        = Message{En: "nothing was changed", Ja: "何も変更していません"}
	InputUnreadable = Message{En: "standard input cannot be read: %s", Ja: "標準入力を読めません: %s"}
	InputTooLong    = Message{En: "longer than %d KiB", Ja: "%d KiB より長いです"}
	NameForMany     = Message{En: "one name for %d seeds", Ja: "名前は一つですが、シードが %d 件あります"}
	HintNameForMany = Message{En: "leave --name out, or add them one at a time; a tag fits all: --tag T",
		Ja: "--name を外すか、一つずつ追加してください。タグなら全部に付けられます: --tag T"}
	SomeRefused = Message{En: "refused: %d of %d; saved: %d",
		Ja: "%[2]d 件のうち %[1]d 件は受け付けられませんでした。保存したのは %[3]d 件です"}
	HintSomeRefused = Message{En: "mend those named above and add them again",
		Ja: "上に挙げたものを直して、もう一度追加してください"}
	NoCodeInImage = Message{En: "no QR code found in the picture", Ja: "画像に QR コードが見つかりません"}
	CodeTooSmall  = Message{En: "a QR code is there, but too small to be read: its squares have about %s pixels",
		Ja: "QR コードはありますが、小さすぎて読めません。一マスが約 %s ピクセルです"}
	HintCodeTooSmall = Message{En: "enlarge the page (Ctrl and +), take the screenshot again, and add that: seedvault add FILE",
		Ja: "ページを拡大（Ctrl と +）してから画面を撮り直し、それを追加してください: seedvault add FILE"}
	CodeUnread = Message{En: "a QR code is there, but it is blurred, bent or covered: at %d,%d, %d by %d px",
		Ja: "QR コードはありますが、ぼけているか、曲がっているか、一部が隠れています: 左から %d、上から %d の、%d x %d ピクセル"}
	HintCodeFlatter = Message{En: "lay it flat, take the picture from straight above, and add that: seedvault add FILE",
		Ja: "平らに置いて真上から撮り直し、それを追加してください: seedvault add FILE"}
	HintCodeLight = Message{En: "turn it away from the lamp, in even light, take the picture again, and add that: seedvault add FILE",
		Ja: "照明が映り込まない、むらのない明るさで撮り直し、それを追加してください: seedvault add FILE"}
	ImageTooSlow   = Message{En: "no QR code was found in %d seconds", Ja: "%d 秒の間に QR コードは見つかりませんでした"}
	NotAnImage     = Message{En: "not a picture that can be read", Ja: "読める画像ではありません"}
	HintNotAnImage = Message{En: "give a PNG, JPEG, GIF, WebP, BMP or TIFF file",
		Ja: "PNG、JPEG、GIF、WebP、BMP、TIFF のファイルを指定してください"}
	OtherFormat    = Message{En: "%s is not read as a picture", Ja: "%s は画像として読めません"}
	HintScreenshot = Message{En: "open it, take a screenshot with the code on it, and add that: seedvault add FILE",
		Ja: "開いてコードの画面を撮り、それを追加してください: seedvault add FILE"}
	HintConvert = Message{En: "open it and take a screenshot of the code, or make a picture of it (%s), and add that: seedvault add FILE",
		Ja: "開いてコードの画面を撮るか、画像に変換し（%s）、それを追加してください: seedvault add FILE"}
	ExplanationWritten = Message{En: "what was seen in the picture is drawn in %s, without the codes themselves",
		Ja: "画像の中に見えたものを %s に描きました。コードそのものは描いていません"}
	ImageDamaged       = Message{En: "the picture is damaged", Ja: "画像が壊れています"}
	ImageTooLarge      = Message{En: "the picture is larger than %d MiB", Ja: "画像が %d MiB を超えています"}
	ImageTooManyPixels = Message{En: "the picture has more than %d megapixels", Ja: "画像が %d メガピクセルを超えています"}
	ImageTooBusy       = Message{En: "the picture is too busy to be searched whole",
		Ja: "画像が込み入っていて、全体を調べきれません"}
	PartsMissing = Message{En: "a text that is spread over several codes: %s of %d is missing",
		Ja: "いくつかのコードに分かれたもので、%[2]d 個のうち %[1]s がありません"}
	HintPartsMissing = Message{En: "add the pictures of all its codes together: seedvault add FILE FILE",
		Ja: "すべてのコードの画像をまとめて追加してください: seedvault add FILE FILE"}
	PartOfCode = Message{En: "a part of a code that is spread over several", Ja: "いくつかに分かれたコードの一部です"}
	HintImage  = Message{En: "cut the picture to the code and a white border around it, or take a sharper one, and try again",
		Ja: "コードとその白い余白だけに切り抜くか、もっと鮮明に撮って、もう一度試してください"}
	HintImageDamaged = Message{En: "copy or send the file again, or take a new screenshot, and add that: seedvault add FILE",
		Ja: "ファイルをもう一度コピーするか送り直すか、スクリーンショットを撮り直して、それを入れてください: seedvault add FILE"}
	InFile = Message{En: "%s: %s", Ja: "%s: %s"}
)
