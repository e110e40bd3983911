package words

// What stands on a sheet of paper: whole sentences, for somebody who has never
// seen seedvault or age.
var (
	OnSheetKey   = Message{En: "Paper key", Ja: "復旧シート"}
	OnSheetShare = Message{En: "Share %d of %d", Ja: "シェア %d / %d"}
	OnSheetWhat  = Message{En: "This sheet opens a vault: the encrypted secrets of somebody's two-step sign-in (TOTP). Whoever holds it can open them all. Keep it like a passport, and let nobody photograph it.",
		Ja: "この紙は保管庫の鍵です。保管庫には、誰かの 2 段階認証（TOTP）の秘密が暗号化されて入っています。この紙があれば誰でもすべて開けます。パスポートのように保管し、写真を撮らせないでください。"}
	OnSheetShareWhat = Message{En: "This is one share of the key to a vault: the encrypted secrets of somebody's two-step sign-in (TOTP). Alone it opens nothing; %d of the %d shares open everything. You need no computer to keep it. Keep it like a passport, and let nobody photograph it.",
		Ja: "この紙は保管庫の鍵のシェアの一つです。保管庫には、誰かの 2 段階認証（TOTP）の秘密が暗号化されて入っています。一枚だけでは開きませんが、%[2]d 枚のうち %[1]d 枚がそろえばすべて開きます。持っているのにパソコンは要りません。パスポートのように保管し、写真を撮らせないでください。"}
	OnSheetType = Message{En: "Type it where seedvault asks for a passphrase or paper key, line by line. The four letters behind the bar check their line, so that a mistake is pointed out; they are no part of the key, and age needs it without them.",
		Ja: "seedvault がパスフレーズか復旧シートの鍵を尋ねたら、一行ずつ入力してください。縦線の後の四文字はその行の検査用で、打ち間違えた行がすぐにわかります。鍵の一部ではないので、age には入れません。"}
	OnSheetShareType = Message{En: "Type it where seedvault asks for a passphrase or paper key, line by line. The four letters behind the bar check their line, so that a mistake is pointed out.",
		Ja: "seedvault がパスフレーズか復旧シートの鍵を尋ねたら、一行ずつ入力してください。縦線の後の四文字はその行の検査用で、打ち間違えた行がすぐにわかります。"}
	OnSheetCodeKey      = Message{En: "The QR code is the whole key.", Ja: "QR コードは鍵そのものです。"}
	OnSheetCodeShare    = Message{En: "The QR code is the whole share.", Ja: "QR コードはシェアそのものです。"}
	OnSheetFingerprint  = Message{En: "Fingerprint", Ja: "フィンガープリント"}
	OnSheetRecipient    = Message{En: "Recipient", Ja: "公開鍵"}
	OnSheetRecipientSum = Message{En: "SHA-256 of the recipient", Ja: "公開鍵の SHA-256"}
	OnSheetSeal         = Message{En: "Newest list of accepted seeds", Ja: "最新の承認記録"}
	OnSheetPage         = Message{En: "The page's SHA-256 begins", Ja: "ページの SHA-256（先頭）"}
	OnSheetBrowser      = Message{En: "In any browser: compare the page (sha256sum), turn the network off, open open-1.html or the kit, and close it after.",
		Ja: "ブラウザーで開くとき: ページの桁を比べ（sha256sum）、ネットワークを切り、open-1.html かキットを開き、後で閉じます。"}
	OnSheetPlaces = Message{En: "Where the vault lies", Ja: "保管庫のある場所"}
	OnSheetThisPC = Message{En: "the PC that made this sheet", Ja: "この紙を作ったパソコン"}
	OnSheetNoCopy = Message{En: "No copy elsewhere was known when this was printed. Write each one here.",
		Ja: "印刷したとき、ほかの場所のコピーはありませんでした。できたら書いてください。"}
	OnSheetCalled    = Message{En: "When you are called", Ja: "呼ばれたとき"}
	OnSheetCalledWhy = Message{En: "You may be asked for it when the owner has lost phone and PC, is ill, or has died.",
		Ja: "持ち主がスマホとパソコンを失ったとき、病気のとき、亡くなったときに、頼まれることがあります。"}
	OnSheetCalledWho = Message{En: "Make sure who is asking: meet, or call back on a number that you have known for long, and speak to another of those named here.",
		Ja: "相手が誰かを確かめます。直接会うか、前から知っている番号にかけ直し、ここに名前のある別の人とも話してください。"}
	OnSheetCalledHow = Message{En: "Bring this sheet and type it in yourself. Never read it out to a stranger or to anybody who has called you, and send no photograph of it.",
		Ja: "この紙を持って行き、自分で入力します。知らない人や電話をかけてきた人に読み上げたり、写真を送ったりしないでください。"}
	OnSheetCalledThen = Message{En: "Whoever has gathered the shares can open the vault from then on. Ask for a new sheet afterwards, and destroy this one.",
		Ja: "シェアを集めた人は、その後も保管庫を開けます。終わったら新しい紙をもらい、この紙は捨ててください。"}
	OnSheetMembers = Message{En: "Who has a share", Ja: "シェアを持つ人"}
	OnSheetOpen    = Message{En: "To open it with seedvault, where FOLDER is a copy of the vault:",
		Ja: "seedvault で開くとき（FOLDER は保管庫のコピー）:"}
	OnSheetByHand = Message{En: "To open it without seedvault you need age 1.1 or later (age-encryption.org; apt install age, brew install age) and qrencode. In the vault's folder, type these lines as they stand. After the line that begins with cat, type the key in capital letters on one line, from AGE on, without spaces and without the letters behind the bars; then Enter, and Ctrl-D.",
		Ja: "seedvault なしで開くには、age 1.1 以降（age-encryption.org。apt install age、brew install age）と qrencode を使います。保管庫のフォルダーで、次の行をそのまま入力します。cat で始まる行の後で、AGE から始まる鍵を、空白と縦線の後の文字を除いて大文字で一行に入力し、Enter を押し、次に Ctrl-D を押します。"}
	OnSheetByHandHybrid = Message{En: "To open it without seedvault you need age 1.3 or later (age-encryption.org; apt install age, brew install age) and qrencode. In the vault's folder, type these lines as they stand. After the line that begins with cat, type the key in capital letters on one line, from AGE on, without spaces and without the letters behind the bars; then Enter, and Ctrl-D.",
		Ja: "seedvault なしで開くには、age 1.3 以降（age-encryption.org。apt install age、brew install age）と qrencode を使います。保管庫のフォルダーで、次の行をそのまま入力します。cat で始まる行の後で、AGE から始まる鍵を、空白と縦線の後の文字を除いて大文字で一行に入力し、Enter を押し、次に Ctrl-D を押します。"}
	OnSheetShareByHand = Message{En: "Without seedvault, the program in its FORMAT.md joins the shares into a key for age.",
		Ja: "seedvault がないときは、その FORMAT.md にあるプログラムでシェアを age の鍵にまとめます。"}
	OnSheetUnix = Message{En: "Linux and macOS (for Windows the lines stand in README.txt, in the vault's folder)",
		Ja: "Linux と macOS（Windows の行は、保管庫のフォルダーの README.txt にあります）"}
	OnSheetThen = Message{En: "The 32 digits must be those of the fingerprint. Each otpauth:// line is one account, and the code below it is for the authenticator app on the new phone. What a folder with other digits shows, somebody else may have put there, unless whoever made that folder gave you its digits.",
		Ja: "32 桁がフィンガープリントと同じなら本物です。otpauth:// の行が一つのアカウントで、その下のコードを新しいスマホの認証アプリで読み取ります。違う桁のフォルダーの中身は、その桁を作った人から聞いていない限り、他人が置いたものかもしれません。"}
	OnSheetServices = Message{En: "Accounts in it on this date", Ja: "この日に入っていたアカウント"}
	OnSheetKept     = Message{En: "Kept at", Ja: "保管場所"}
	OnSheetReceived = Message{En: "Received by", Ja: "受け取った人"}
	OnSheetDate     = Message{En: "Date", Ja: "日付"}
)
