// Every text of the page, English and Japanese side by side. A text may hold {name}
// for what is filled in.
const m = (en, ja) => ({ en, ja });

export const WORDS = {
  title: m("Open a vault", "保管庫を開く"),
  what: m(
    "A vault holds the encrypted secrets of somebody's two-step sign-in. This page opens it, here in your browser. It needs no internet, sends nothing anywhere and changes nothing, so nothing you do here can harm the vault. Take your time.",
    "保管庫には、2 段階認証のシークレットが暗号化されて入っています。このページは、それをこのブラウザーの中で開きます。インターネットは要らず、何も送らず、何も書き換えません。ここで何をしても保管庫は壊れません。落ち着いて進めてください。",
  ),
  before: m("Before you type any secret", "秘密を入力する前に"),
  beforePage: m(
    "Is this page the real one? On a device that you trust, the SHA-256 of {file} begins with the digits that your sheet gives for the page. If you cannot compare them, use the copy that nobody else could write to.",
    "このページは本物ですか。信頼できる端末で {file} の SHA-256 を調べ、先頭の数字が復旧シートに書かれた「ページ」の数字と同じか確かめます。比べられないときは、ほかの人が書き込めなかったコピーを使ってください。",
  ),
  beforeKit: m(
    "Did this file come to you over other people's hands? Then do not type a secret into it. Open it as data instead: with seedvault, or with a page that you trust.",
    "このファイルは、ほかの人の手を経て届きましたか。それなら、ここには秘密を入力せず、seedvault か信頼できるページから、データとして開いてください。",
  ),
  beforeNetwork: m(
    "Turn off Wi-Fi and mobile data, and pull out the network cable, until you are done.",
    "終わるまで Wi-Fi とモバイル通信を切り、ネットワークのケーブルを抜いておきます。",
  ),
  beforeClose: m(
    "When you are done, press “Forget everything” (or the Esc key) and close the page.",
    "終わったら「すべて忘れる」（または Esc キー）を押して、このページを閉じます。",
  ),
  chooseFolder: m("Choose the vault's folder", "保管庫のフォルダーを選ぶ"),
  chooseFile: m("Choose a zip file or a kit", "zip ファイルかキットを選ぶ"),
  chooseWhat: m(
    "It is the folder in which there are README.txt and a folder with a name like 1-e503a3b21e366b7c. The browser may ask whether to “upload” it: it stays on this device. You can also drop it on this page.",
    "README.txt と、1-e503a3b21e366b7c のような名前のフォルダーが入っているフォルダーです。ブラウザーが「アップロードしますか」と尋ねることがありますが、この端末の外には出ません。このページの上に置いて（ドロップして）もかまいません。",
  ),
  openKit: m("Open the vault in this kit", "このキットの保管庫を開く"),
  kitHere: m(
    "This page is a kit: it carries a vault with it ({files} files).",
    "このページはキットです。保管庫が一緒に入っています（{files} 個のファイル）。",
  ),
  another: m("Open another vault or kit", "別の保管庫かキットを開く"),
  reading: m("Reading the files", "ファイルを読んでいます"),
  several: m("Which vault?", "どの保管庫ですか"),
  severalWhat: m(
    "There are several in what you chose. If they are copies of one vault, take the one that was used last.",
    "選んだ場所に保管庫がいくつかあります。同じ保管庫のコピーなら、最後に使っていたものを選んでください。",
  ),
  top: m("the folder itself", "選んだフォルダーそのもの"),

  how: m("How do you want to open it?", "何で開きますか"),
  fingerprint: m("Fingerprint", "フィンガープリント"),
  fingerprintWhat: m(
    "Compare it with the one on your sheet. If it differs, this may be another vault, or one with a newer key.",
    "復旧シートのものと比べてください。違うときは、別の保管庫か、鍵を切り替えた後の保管庫かもしれません。",
  ),
  fingerprintMany: m(
    "One of these must stand on your sheet. The first belongs to the newest part of the vault.",
    "このどれかが復旧シートにあるはずです。先頭のものが、保管庫のいちばん新しい部分です。",
  ),
  noFingerprint: m("{folder}: its vault.txt is missing or damaged", "{folder}: vault.txt がないか、壊れています"),
  newerFolder: m("{folder}: written by a newer seedvault", "{folder}: より新しい seedvault が書いたものです"),
  withPassphrase: m("With the passphrase", "パスフレーズで開く"),
  withPaper: m("With the key on a sheet of paper", "復旧シートの鍵で開く"),
  withFile: m("With a key file", "鍵ファイルで開く"),
  needsProgram: m(
    "This vault also has ways in that this page does not know: {ways}. They need the program seedvault.",
    "この保管庫には、このページでは使えない開け方もあります（{ways}）。それにはプログラム seedvault が要ります。",
  ),
  onlyProgram: m(
    "This vault has only ways in that need the program seedvault: {ways}.",
    "この保管庫を開くには、プログラム seedvault が要ります（{ways}）。",
  ),
  quorum: m("shares of several people", "何人かのシェア"),
  ssh: m("SSH keys", "SSH の鍵"),
  hardware: m("hardware keys", "ハードウェアキー"),
  back: m("Back", "戻る"),

  passphraseTitle: m("Type the passphrase", "パスフレーズを入力してください"),
  passphrase: m("Passphrase", "パスフレーズ"),
  whose: m("Whose passphrase is it?", "誰のパスフレーズですか"),
  notListed: m("{name} (in no list of the vault)", "{name}（どの承認記録にもありません）"),
  showTyped: m("Show what I type", "入力した文字を表示する"),
  open: m("Open", "開く"),
  takesSeconds: m(
    "This takes a few seconds on a PC, and up to a minute or two on a phone.",
    "パソコンでは数秒、スマホでは一、二分かかることがあります。",
  ),
  wrongPassphrase: m(
    "That is not the passphrase of {name}. Nothing is lost: type it again.",
    "{name} のパスフレーズではありません。何も失われていません。もう一度入力してください。",
  ),
  wrongWord: m(
    "If seedvault made it, word {n} is mistyped: it is not one of the words that seedvault uses.",
    "seedvault が作ったものなら、{n} 番目の単語が打ち間違いです（seedvault の使う単語にありません）。",
  ),
  meant: m("Did you mean {words}?", "{words} ではありませんか。"),
  wordCount: m(
    "You typed {n} words. If seedvault made it, it has six.",
    "入力したのは {n} 語です。seedvault が作ったものなら六語です。",
  ),
  wordsKnown: m(
    "All six are words that seedvault uses. Is their order right?",
    "六つとも seedvault の使う単語です。順番は合っていますか。",
  ),
  noMemory: m(
    "This browser has not the memory that this passphrase takes. Try on a PC, or with the key on paper.",
    "このパスフレーズを確かめるには、ブラウザーのメモリが足りません。パソコンで試すか、復旧シートの鍵を使ってください。",
  ),

  paperTitle: m("Type the key from the sheet", "復旧シートの鍵を入力してください"),
  paperWhat: m(
    "Type each line as it stands there, the four letters behind the bar too. Capitals and spaces do not matter. What stands above the first line (AGE-SECRET-KEY…) you may leave out.",
    "書いてあるとおりに一行ずつ、縦線の後の四文字も入力します。大文字小文字や空白は気にしなくてかまいません。一行目の上にある AGE-SECRET-KEY… は省いてもかまいません。",
  ),
  line: m("Line {n}", "{n} 行目"),
  lineGood: m("Right", "正しい"),
  lineWrong: m("There is a mistake in this line", "この行に打ち間違いがあります"),
  lineLater: m("Checked as soon as the line above is right", "上の行が正しくなれば確かめます"),
  lineShort: m("{n} more characters", "あと {n} 文字"),
  keyWrong: m(
    "The lines are right, but they make no key. Are they all from one sheet?",
    "どの行も正しいのに、鍵になりません。全部同じ紙の行ですか。",
  ),
  keyForeign: m(
    "This key opens nothing here. Is it the sheet of this vault? Compare the fingerprint. A sheet from before the last change of keys opens only what was there before.",
    "この鍵では何も開きません。この保管庫の紙ですか。フィンガープリントを比べてください。鍵を切り替える前の紙では、それより前のものしか開きません。",
  ),
  fileTitle: m("Choose your key file", "鍵ファイルを選んでください"),
  fileWhat: m(
    "A small text file with a line that begins with AGE-SECRET-KEY-. It is read here and not kept.",
    "AGE-SECRET-KEY- で始まる行のある、小さなテキストファイルです。ここで読むだけで、保存しません。",
  ),
  fileWrong: m(
    "There is no key of age's own in that file. SSH keys, and keys with a passphrase, need the program seedvault.",
    "そのファイルに age の鍵がありません。SSH の鍵やパスフレーズ付きの鍵には、プログラム seedvault が要ります。",
  ),

  opening: m("Opening", "開いています"),
  aboutSeconds: m("About {n} seconds left.", "残り約 {n} 秒"),
  aboutMinutes: m(
    "About {n} minutes left. Leave this page open and in front.",
    "残り約 {n} 分。このページを開いて、前に出したままにしてください。",
  ),
  trying: m("Spelling {i} of {n}", "入力のしかた {i} / {n}"),
  seedsRead: m("{i} of {n} accounts", "{i} / {n} アカウント"),
  stop: m("Stop", "やめる"),

  accounts: m("{n} accounts", "アカウント {n} 個"),
  oneAccount: m("1 account", "アカウント 1 個"),
  listWhat: m(
    "Choose an account to set it up on the new phone. The codes can be used for signing in at once.",
    "アカウントを選ぶと、新しいスマホに移せます。コードは今すぐサインインに使えます。",
  ),
  clock: m(
    "This device's clock says {time}. If that is wrong, so are the codes.",
    "この端末の時計は {time} です。ずれていると、コードも正しくありません。",
  ),
  search: m("Search", "検索"),
  found: m("{n} shown", "{n} 個を表示中"),
  newestPart: m("Newest part of the vault: folder {folder}", "保管庫のいちばん新しい部分: フォルダー {folder}"),
  olderPart: m("Only in an older part: folder {folder}", "古い部分にだけあるもの: フォルダー {folder}"),
  olderWhat: m(
    "From before a change of keys, or another vault. Some of these may have been removed since.",
    "鍵を切り替える前のもの、または別の保管庫のものです。その後に外されたものもありえます。",
  ),
  notOpened: m(
    "Your key does not open the folder {folder}, which is newer. Accounts added since then are not shown here.",
    "この鍵では、より新しいフォルダー {folder} は開きません。その後に追加されたアカウントは表示されていません。",
  ),
  notCompared: m(
    "Not compared: only you can tell that this is the right vault. Its fingerprint is",
    "照合していません。正しい保管庫かどうかは、あなたにしかわかりません。フィンガープリント:",
  ),
  nothing: m("There is no account in it.", "アカウントは入っていません。"),
  notAccepted: m("Not accepted", "未承認"),
  notAcceptedWhat: m(
    "No holder has accepted this account. Perhaps it was added and not yet looked at; perhaps a stranger slipped it in. Use it only if you know it.",
    "まだ保持者が承認していません。追加した直後かもしれませんし、知らない人が紛れ込ませたのかもしれません。心当たりがあるときだけ使ってください。",
  ),
  unconfirmed: m("Unconfirmed", "未確認"),
  unconfirmedWhat: m(
    "The file that says which vault this is is missing or damaged, so nothing here can be confirmed.",
    "どの保管庫かを示すファイルがないか、壊れているため、確認できません。",
  ),
  unverifiedWhat: m(
    "The lists in {folder} are signed in a way that this page does not know, so nothing in it is confirmed.",
    "{folder} の承認記録は、このページの知らない方法で署名されていて、確認できません。",
  ),
  newerWords: m(
    "A newer seedvault has written to {folder}. What is shown here may be incomplete; use the newest program when you can.",
    "{folder} には、より新しい seedvault が書き込んでいます。ここでは一部しか見えないかもしれません。できれば新しいプログラムを使ってください。",
  ),
  missingSeals: m(
    "A list of accepted accounts is missing in {folder} ({seals}). This copy may be older than the vault once was, or incomplete: look for another copy.",
    "{folder} で、承認記録が欠けています（{seals}）。このコピーは古いか、不完全かもしれません。ほかのコピーを探してください。",
  ),
  untrueSeals: m(
    "A list in {folder} is not what it says it is ({seals}). Show this vault to somebody who knows seedvault.",
    "{folder} の承認記録の一つに、偽りがあります（{seals}）。seedvault に詳しい人に見せてください。",
  ),
  twice: m("{path}: accepted with two contents", "{path}: 二つの内容が承認されています"),
  upTo: m("Complete up to list {n} of {time}.", "承認記録 {n}（{time}）までそろっています。"),
  damagedTitle: m("Damaged or missing: {n}", "壊れているか、なくなっているもの: {n}"),
  damagedWhat: m("Another copy of the vault may have them whole.", "ほかのコピーには残っているかもしれません。"),
  damaged: m("damaged", "壊れている"),
  missing: m("missing", "なくなっている"),
  foreign: m("no account of this vault", "この保管庫のアカウントではない"),
  printList: m("Print this list", "この一覧を印刷"),

  nth: m("{i} of {n}", "{i} / {n}"),
  code: m("Code now", "今のコード"),
  next: m("Next", "次"),
  secondsLeft: m("{n} s left", "残り {n} 秒"),
  scan: m("Scan this with the authenticator app on the new phone", "新しいスマホの認証アプリで読み取ってください"),
  qrLabel: m("QR code of {name}", "{name} の QR コード"),
  tap: m("This is the phone itself: add it to the app here", "このスマホのアプリに直接追加する"),
  compare: m("Then type the code that the phone shows", "次に、スマホに出たコードを入力してください"),
  compareButton: m("Compare", "比べる"),
  match: m("The same. This account works on the new phone.", "一致しました。このアカウントは新しいスマホで使えます。"),
  clockOff: m(
    "The code is right, but the phone's clock is {n} seconds {way} this device's. Set both to automatic time.",
    "コードは正しいのですが、スマホの時計がこの端末より {n} 秒{way}います。両方とも時刻を自動設定にしてください。",
  ),
  ahead: m("ahead of", "進んで"),
  behind: m("behind", "遅れて"),
  otherKind: m(
    "The secret is right, but the phone makes its codes in another way ({kind}); they will not be accepted. Use another authenticator app.",
    "シークレットは合っていますが、スマホのコードの作り方が違います（{kind}）。このままではサインインできないので、別の認証アプリを使ってください。",
  ),
  noMatch: m(
    "That is not a code of this account. Was another account chosen on the phone? Wait for the next code and try again.",
    "このアカウントのコードではありません。スマホで別のアカウントを見ていませんか。次のコードを待って、もう一度試してください。",
  ),
  counterMatch: m("The same, at counter {n}.", "一致しました（カウンター {n}）。"),
  counter: m(
    "These codes change with a counter, not with time. The first of these that has not been used is the right one.",
    "時刻ではなく、使うたびに変わるコードです。まだ使っていない最初のものが正しいコードです。",
  ),
  byHand: m("Type it in by hand", "手で入力する"),
  secret: m("Key", "キー"),
  details: m("Type {type}, {algorithm}, {digits} digits", "種類 {type}、{algorithm}、{digits} 桁"),
  everySeconds: m("every {n} seconds", "{n} 秒ごと"),
  address: m("Whole address", "アドレス全体"),
  recovery: m("Recovery codes ({n})", "リカバリーコード（{n} 個）"),
  notes: m("Notes", "メモ"),
  noCodes: m(
    "This page cannot make codes of it. It is shown as it was kept:",
    "このページではコードを作れません。保存されたままの内容:",
  ),
  tooLongForQr: m("It is too long for a QR code.", "長すぎて QR コードにできません。"),
  previous: m("Previous", "前へ"),
  nextAccount: m("Next account", "次のアカウント"),
  list: m("Back to the list", "一覧へ戻る"),
  print: m("Print", "印刷"),
  compared: m("done", "済み"),
  printWarning: m(
    "Whoever has this print can make the codes. Keep it like a passport.",
    "この印刷物があれば誰でもコードを作れます。パスポートのように保管してください。",
  ),

  forget: m("Forget everything (Esc)", "すべて忘れる（Esc）"),
  forgotten: m("Everything is forgotten", "すべて忘れました"),
  forgottenWhat: m(
    "Close this page now. What the browser has held in memory is gone for good only when it is closed.",
    "このページを閉じてください。ブラウザーのメモリにあったものは、ブラウザーを閉じて初めて完全に消えます。",
  ),
  forgottenIdle: m("Nobody has touched this page for ten minutes.", "10 分間、操作がありませんでした。"),
  again: m("Start again", "最初から"),
  soon: m(
    "This page forgets everything in a minute. Press any key to go on.",
    "あと一分ですべて忘れます。続けるには何かキーを押してください。",
  ),

  "no-vault": m(
    "There is no vault in what you chose. Choose the folder in which there is a folder with a name like 1-e503a3b21e366b7c.",
    "選んだ中に保管庫がありません。1-e503a3b21e366b7c のような名前のフォルダーが入っているフォルダーを選んでください。",
  ),
  "old-format": m(
    "This vault was made by an early version of seedvault, before its format was settled. This page cannot open it; the program of that time can.",
    "この保管庫は、形式が決まる前の古い seedvault で作られています。このページでは開けません。当時のプログラムなら開けます。",
  ),
  "no-kit": m("That file is no kit of seedvault.", "そのファイルは seedvault のキットではありません。"),
  "kit-cut": m(
    "This kit is cut off or damaged: it was not copied whole. Look for another copy of it.",
    "このキットは途中で切れているか、壊れています。最後までコピーされていません。ほかのコピーを探してください。",
  ),
  "zip-damaged": m(
    "That zip file cannot be read: it is cut off, damaged, or of an unusual kind. Unpack it, and choose the folder.",
    "その zip ファイルは読めません。途中で切れているか、壊れているか、特殊な形式です。展開して、フォルダーを選んでください。",
  ),
  "zip-encrypted": m(
    "That zip file has a password of its own. Unpack it, and choose the folder.",
    "その zip ファイルにはパスワードがかかっています。展開して、フォルダーを選んでください。",
  ),
  "too-large": m(
    "That is far too large for a vault. Choose the vault's folder itself.",
    "保管庫にしては大きすぎます。保管庫のフォルダーそのものを選んでください。",
  ),
  newer: m(
    "A newer seedvault wrote this vault. This page cannot read it: take the page or the program that came with the newer one.",
    "この保管庫は、より新しい seedvault が書いたものです。このページでは読めません。新しい方に付いているページかプログラムを使ってください。",
  ),
  unexpected: m(
    "Something went wrong in this browser. Try another browser, or the program seedvault.",
    "このブラウザーで問題が起きました。別のブラウザーか、プログラム seedvault を試してください。",
  ),
  notices: m("Licences", "ライセンス"),
};
