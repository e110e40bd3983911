package speech

// japaneseHelp are the help texts: what a verb does, how it is typed, its flags,
// and an example that works.
var japaneseHelp = map[Message]string{
	UsageApp: "TOTP のシードを複数の保持者のために保管し、QR コードとして描き直します",

	HelpApp: `seedvault は、二段階認証（TOTP）のシード（認証アプリに入れる秘密鍵）を暗号化
して保管します。開けられる人や物（保持者）を複数にしておき、スマホをなくしたとき
は QR コードを描き直します。

使い方: seedvault [オプション] コマンド [オプション] [名前]

準備    tour     一時フォルダの中で、全体の流れを見せる
        init     保管庫と保持者を作る
        open     フィンガープリントをこのパソコンで確認する、コピーを持ってくる
        add      QR コードのスクリーンショットやパイプから、シードを保存する
利用    list     保管庫のシードの一覧
        code     一つまたはすべてのシードの、いまのコード
        restore  新しいスマホのために、シードの QR コードを描く
        guide    控えがないとき、サービス自身の復旧を一歩ずつ案内する
維持    check    壊れたもの、足りないもの、失うと困るもの
        drill    一つの保持者だけで開けることを確かめる
        accept   鍵なしで追加されたものを承認する
        edit     シードに付けた内容や秘密を変更する
        remove   シードを外す、または戻す
        holder   保管庫を開けられるのは誰か、増やすには: list, add
        copy     別の場所のコピー: add, list, sync, remove
        rotate   外れる人を除いて、保管庫の鍵を切り替える
補助    completion  シェルの補完: completion bash|zsh|fish

どのコマンドにも付けられるオプション:
  --vault DIR|NAME        保管庫のフォルダか、init や open の --as で付けた名前
                          （SEEDVAULT_DIR でも指定可。なければユーザーのデータ
                          フォルダの中）
  -i, --identity FILE     保管庫を開く鍵ファイル。age、age のプラグイン、SSH。
                          パスフレーズ付きも可。何度でも指定可
  --passphrase-file FILE  パスフレーズか紙の鍵の入ったファイル
  --holder NAME           パスフレーズの保持者が複数あるとき、誰のものか
  --share FILE|-          送られてきた合議の分け前。繰り返せます
  --lang en|ja            言語（なければ LC_ALL、LC_MESSAGES、LANG に従う）
  -h, --help              この説明。コマンドと一緒ならその説明
  -v, --version           版

終了コード: 0 完了、1 失敗、2 使い方の誤り、3 check が問題を見つけた

まずはここから: seedvault tour`,

	HelpTour: `使い方: seedvault tour

一時フォルダの中で、全体の流れを見せます。パスフレーズ、紙の鍵、友人の age の
鍵を持つ保管庫を作り、スクリーンショットからシードを入れ、コードを出し、コピー
を取り、ほかのすべてを失い、それぞれの保持者で取り戻します。各段階を実際に打つ
コマンドで示し、結果をすべて確かめます。何も尋ねず、端末も要らず、後に何も残し
ません。`,

	HelpInit: `使い方: seedvault init [-r [NAME=]RECIPIENT]... [--passphrase NAME]
                        [--paper NAME] [--out FILE] [--device NAME]
                        [--quorum NAME=M --member NAME=RECIPIENT|paper...]
                        [--shares DIR] [--text] [--post-quantum] [--as NAME]

保管庫と保持者（保管庫を開けられる人や物）を作ります。オプションがなければ、
words というパスフレーズと paper という紙の鍵の二つを作ります。

  -r, --recipient [NAME=]RECIPIENT  誰かの公開鍵: age1...、age1pq1...、age の
                                    プラグインの age1NAME1...、または
                                    ssh-ed25519 か ssh-rsa の公開鍵
  --passphrase NAME                 6 語を作り、一度だけ表示する。自分で決める
                                    なら 16 文字以上を --passphrase-file FILE
                                    で渡す
  --paper NAME                      書き留めるための鍵。一度だけ表示する
  --out FILE                        表示せず、控えの紙としてファイルに書く。名前
                                    が .html で終われば印刷用のページ、ほかは
                                    テキスト
  --device NAME                     このパソコンに置く鍵。尋ねられずに開けるよう
                                    になるが、二つ目の方法には数えない
  --quorum NAME=M                   合議。メンバーのうち M 人がそろえば開く
  --member NAME=RECIPIENT|paper     合議のメンバー。繰り返せます
  --shares DIR                      紙のメンバーごとに、印刷する紙をファイルに
                                    書く
  --text                            それをテキストで書く
  --post-quantum                    耐量子の鍵を併用する。手作業で開くには
                                    age 1.3 以降が要る
  --as NAME                         別の保管庫を作る。--vault NAME で指定する。
                                    開ける人は中のすべてを開けるので、重要さごと
                                    に分けるとよい

例: seedvault init --passphrase words --paper paper -r anna=age1...`,

	HelpOpen: `使い方: seedvault open [DIR] --fingerprint "FP" [--recipient RECIPIENT|FILE]
                        [--as NAME]
        seedvault open [--refuse "FP"]

保管庫が、手元のフィンガープリントのものに間違いないと、このパソコンで確認しま
す。対象はいつもの場所の保管庫か、DIR にあるコピーで、コピーなら先にファイルを
いつもの場所へ持ってきます。--fingerprint がなければ、控えの紙と見比べるものを
表示します。誰かが鍵を切り替えていれば、その人から聞いた数字を尋ねます。

  --fingerprint "FP"          控えの紙にある 32 桁、または鍵を切り替えた人から
                              聞いたもの。空白はあってもなくてもよい
  --refuse "FP"               鍵の切り替えを断り、もう尋ねられないようにする
  --recipient RECIPIENT|FILE  鍵なしで追加だけをするパソコンとして加わる
  --as NAME                   複数あるとき、--vault で指定するための名前

例: seedvault open /media/stick/seedvault --fingerprint "1a2b 3c4d ..."`,

	HelpAdd: `使い方: seedvault add [FILE... | - | --clipboard] [--name NAME] [--tag TAG]...
                      [--note NOTE]...

シードを保存します。画像の中の QR コードすべて（Google のエクスポートも）、- な
ら標準入力の otpauth の行やエクスポートリンクを一行ずつ読みます。何も付けなけれ
ば、表示されない入力欄に、行、リンク、サイトの示す秘密鍵、画像のパスのどれか
を打つか貼り付けます。

読み取った内容は、保存の前に示します。追加に秘密は要りません。このパソコンの鍵
か -i の鍵で保管庫が開くとき以外は、未承認のまま保存します。標準出力には、保存
したシードごとに受付番号と名前を一行出します。受け付けられないものがあれば終了
コードは 1 ですが、ほかは保存します。

  --clipboard   クリップボードの画像かテキストを使う
  --name NAME   シードに付ける名前
  --tag TAG     探すための言葉。何度でも指定可
  --note NOTE   メモ。何度でも指定可

例: seedvault add screenshot.png --name work`,

	HelpList: `使い方: seedvault list [--reenrol] [--json] [--copy DIR | --all-vaults]

保管庫のシードを一覧にします。未承認のものには印を付けます。

  --reenrol   もう保管庫を開けない人が知っているもの。seedvault edit で新しい秘
              密にするか、そのままでよいとするまで残る
  --json      オブジェクトの配列: id, name, issuer, account, type, algorithm,
              digits, period, tags, accepted, added, by, receipt。--reenrol なら
              known_to も
  --copy DIR  DIR にあるコピーを読む
  --all-vaults
              このパソコンが知るすべての保管庫を一覧にする

例: seedvault list -i my.key`,

	HelpCode: `使い方: seedvault code [NAME] [--next] [--counter N] [--clip] [--copy DIR]

シードの今のコードだけを出します（パイプ向け）。名前がなければ、すべての今のコー
ドと次のコードを表にします。シードは、付けた名前、タグ、または一つにしか当てはま
らない発行元やアカウントの一部で指定します。

  --next       次のコードを出す
  --counter N  カウンター式のシード（hotp）の、そのカウンターのコード
  --clip       クリップボードに入れ、45 秒後に消去する
  --copy DIR   DIR にあるコピーを読む

例: seedvault code acme`,

	HelpRestore: `使い方: seedvault restore [NAME]... [--google] [--ascii] [--copy DIR]
        seedvault restore NAME... --uri | --png FILE | --svg FILE

指定したシード（なければすべて）の QR コードを、専用の画面に一つずつ表示します。
新しいスマホで読み取り、表示されたコードを入力すると、一致するか、何が違うかを
答えます。ファイルやパイプに出すのは、次のどれかで頼まれたときだけです。

  --uri       otpauth の行を標準出力へ
  --png FILE  画像。モード 0600。- なら標準出力へ
  --svg FILE  図。モード 0600。- なら標準出力へ
  --google    Google Authenticator のエクスポート用コード。一つに複数のシード
  --ascii     ASCII 文字だけで描く
  --copy DIR  DIR にあるコピーを読む

例: seedvault restore acme --copy /media/stick/seedvault`,

	HelpAccept: `使い方: seedvault accept NAME|RECEIPT... | --all [--yes]

鍵なしで追加されたシードを、内容を見せてから承認します。承認済みのものと ID や
秘密鍵が同じなら、それも示します。

  --all  承認待ちのものすべて
  --yes  自分のものだと答える。なければ見せるだけ

例: seedvault accept 2e5ep2j6 --yes`,

	HelpCheck: `使い方: seedvault check [--json | --explain] [--copy NAME|DIR]
                       [--fingerprint "FP" [--min-seal N]]

すべてのファイルを、名前、ハッシュ、承認記録、署名で、鍵なしに確かめます。鍵が
あれば（-i か --passphrase-file、またはこのパソコンの鍵）、すべてのシードを復
号しコードが出ることも確かめます。最初に、何を失っても取り戻せるかを、このパソ
コンが知る保持者とコピーから示します。保管庫が開けば最後に、まだ確認していない
サービスごとの準備も示します（seedvault guide --before）。壊れたものや、一つ失う
だけで取り戻せなくなるものがあれば、終了コードは 3 です。

  --json              スクリプトのための報告
  --explain           失うものごとの結果、誰が一人で、または一緒に開けるか、
                      確かめていない保持者
  --copy NAME|DIR     コピーのほうを確かめる
  --fingerprint "FP"  このパソコンの記録を使わない。cron や CI のために
  --all-vaults        このパソコンが知るすべての保管庫を確かめる
  --min-seal N        最新の承認記録が N 番より古ければ対応が必要とする

例: seedvault check --fingerprint "1a2b 3c4d ..." --min-seal 7`,

	HelpHolder: `使い方: seedvault holder VERB [オプション] [名前]

保管庫を開けられる保持者を示し、増やします。外すには保管庫の鍵を切り替えます:
seedvault rotate --remove NAME

  list   開けられる保持者の一覧
  add    開く方法を増やす: 鍵、パスフレーズ、紙の鍵、合議
  edit   置き場所と、手にできる人を書き直す
  sheet  紙の鍵の控えの紙を作り直す
  share  合議の自分の分け前を、集める人に渡す

例: seedvault holder list`,

	HelpHolderList: `使い方: seedvault holder list [--json] [--at DATE] [--copy DIR]

保管庫を開けられる保持者を、承認済みの記録のとおりに一覧にします。鍵の切り替えが
届く前に別の所で追加された保持者には印を付けます。開けるのは切り替え前のものだけ
です。

  --json      オブジェクトの配列: id, name, kind, recipient, files, kept, who,
              late。--at なら from と to も
  --at DATE   その日に開けた保持者。監査のために: 2026-08-22
  --copy DIR  DIR にあるコピーを読む

例: seedvault holder list --at 2026-08-22 --json`,

	HelpHolderAdd: `使い方: seedvault holder add NAME
    -r RECIPIENT | --passphrase [--own FILE] | --paper [--out FILE] | --device |
    --quorum M --member NAME=RECIPIENT|paper... [--shares DIR] [--text]
    [--services] [--kept PLACE] [--who PERSON]... [--yes]

保管庫を開く方法を増やします。中のすべてを開けるようになるので、先に内容を見せて
から尋ねます。小さなファイルをいくつか書くだけで、シードには触れません。

  -r, --recipient RECIPIENT  誰かの公開鍵: age1...、age1pq1...、または
                             ssh-ed25519 か ssh-rsa の公開鍵
  --passphrase               6 語を作り、一度だけ表示する
  --own FILE                 作らずに、FILE にある自分のパスフレーズを使う。
                             16 文字以上
  --paper                    書き留めるための鍵。一度だけ表示する
  --out FILE                 表示せず、控えの紙としてファイルに書く。名前が
                             .html で終われば印刷用のページ、ほかはテキスト
  --services                 アカウントの名前も紙に載せる
  --device                   このパソコンに置く鍵。尋ねられずに開けるようになる
                             が、二つ目の方法には数えない
  --quorum M                 合議。メンバーのうち M 人がそろえば開く
  --member NAME=RECIPIENT    メンバー、または NAME=paper。何度でも指定可
  --shares DIR               紙のメンバーごとに、印刷する紙をファイルに書く
  --text                     それをテキストで書く
  --kept PLACE               置き場所: home、office、phone、head など
  --who PERSON               知っている人、手にできる人。何度でも指定可
  --yes                      これでよいと答える。端末がないときは必須

例: seedvault holder add bob -r age1... --kept office`,

	HelpHolderEdit: `使い方: seedvault holder edit NAME [--kept PLACE] [--who PERSON]...

保持者の置き場所と、手にできる人を書き直します。何を失うとどうなるかは、これを
もとに判定します。鍵は変わりません。同じ名前の保持者が二つあるときは、id で
区別します: seedvault holder list --json

  --kept PLACE  home、office、phone、this-pc、head など。"" なら不明
  --who PERSON  知っている人、手にできる人。何度でも指定可。"" なら誰もいない

例: seedvault holder edit bob --kept office --who bob`,

	HelpHolderSheet: `使い方: seedvault holder sheet NAME [--out FILE] [--services] [-i FILE]

控えの紙を作り直します。鍵の切り替えの後や、コピーが増えたときに使います。
どの紙が古いかは seedvault check でわかります。鍵は古い紙にしかないので、入力を
求めます。紙のとおりに一行ずつでも全部でもよく、間違えた行はすぐにわかります。

  --out FILE       名前が .html で終われば印刷用のページ、ほかはテキスト。なけれ
                   ば端末に表示する
  --services       アカウントの名前も紙に載せる
  -i FILE          鍵は FILE にある。QR コードの画像でもよい

例: seedvault holder sheet paper --out sheet.html`,

	HelpRotate: `使い方: seedvault rotate [--remove NAME]... [--keep NAME]... [--join "FP"]...
                         [--keep-shares NAME]... [--shares DIR] [--text]
                         [--post-quantum] [--yes]

保管庫の鍵を切り替え、残る保持者のために、承認済みのシードをすべて暗号化し直しま
す。先に、誰が残り誰が外れるかを見せ、決めてもらうことを尋ねます。途中で止まって
も古いフォルダはそのまま残ります。外れた人も、コピーしてあったものは開けるので、
その秘密は取り替えてください: seedvault list --reenrol

  --remove NAME   保持者を外す。人の名前なら、その人が知るものについて尋ねる
  --keep NAME     尋ねられる保持者を残すと答える
  --join "FP"     別の所での切り替えと、この保管庫とを合わせる。切り替えた人から
                  聞いた 32 桁で指定する
  --keep-shares NAME
                  合議の分け前を変えない。以前に集めた人は、これからも開ける
  --shares DIR    紙のメンバーごとに、印刷する新しい紙をファイルに書く
  --text          それをテキストで書く
  --post-quantum  これからは耐量子の鍵を併用する。手作業で開くには age 1.3 以降
                  が要る
  --yes           見せた内容でよいと答える。端末がないときは必須

ほかの全員は、最後に表示される新しいフィンガープリントを確認します。

例: seedvault rotate --remove carol`,

	HelpCompletion: `使い方: seedvault completion bash | zsh | fish

シェルの補完のためのスクリプトを出力します。コマンド、オプション、保持者、ファイ
ルを補完し、このパソコンの鍵で尋ねられずに開く保管庫ならシードも補完します。秘密
を尋ねることはありません。シェルの設定ファイルの最後に、次の行を入れてください。

  bash  source <(seedvault completion bash)     ~/.bashrc に
  zsh   source <(seedvault completion zsh)      ~/.zshrc の compinit の後に
  fish  seedvault completion fish | source      ~/.config/fish/config.fish に

例: seedvault completion bash`,

	HelpEdit: `使い方: seedvault edit NAME [--name N] [--tag TAG]... [--note NOTE]...
                       [--recovery FILE|-] [--ready WORD[=DATE]]...
        seedvault edit NAME --anew [FILE|-]
        seedvault edit NAME --undo | --keep-secret

シードに付けた内容を変更します。古い内容は保管庫のフォルダーに残り、表示されなく
なりますが、元に戻せます。

  --name N           新しい名前。空にすると名前を外す
  --tag TAG          これからのタグ。繰り返せます
  --note NOTE        これからのメモ。繰り返せます
  --recovery FILE|-  サービスの回復用コード。一行に一つ
  --ready WORD[=DATE]
                     失う日のために準備したこと。日付（2026-11-22）がなければ今
                     日から: seedvault guide --before
  --anew [FILE|-]    サービスで登録し直した後の新しい秘密。画像、- なら標準入力
                     の行、何もなければ入力欄
  --undo             前の内容に戻す
  --keep-secret      外れた人が知っていても、新しい秘密は要らないとする。
                     seedvault list --reenrol に出なくなる

例: seedvault edit acme --name work --tag aws`,

	HelpRemove: `使い方: seedvault remove NAME|RECEIPT... [--yes]
        seedvault remove --undo [NAME|RECEIPT]...

シードを保管庫から外します。未承認のものなら、受け付けません。ファイルはフォルダ
ーに残り、--undo で戻せます。

  --yes   この内容でよいと答える。端末がないときは必須
  --undo  指定したものを戻す。名前がなければ一覧を出す

例: seedvault remove acme`,

	HelpHolderShare: `使い方: seedvault holder share QUORUM --to MEMBER|RECIPIENT [-i FILE] [--yes]
                               [--copy DIR]

合議の自分の分け前を開き、集める人の公開鍵で暗号化して標準出力に書きます。先に、
その公開鍵の桁を見せるので、互いに読み上げて確かめてください。分け前で何ができる
かも示します。使えるのは鍵を切り替えるまでです。十分な数を集めた人は、鍵を手にし
たことになります。

  --to MEMBER|RECIPIENT  ほかのメンバー、または誰かの公開鍵
  --yes                  桁が同じだと答える
  --copy DIR             DIR にあるコピーを読む

集める人は、受け取ったものを指定します: seedvault restore --share FILE -i KEY

例: seedvault holder share board --to alice -i bob.key > for-alice.txt`,

	HelpCopy: `使い方: seedvault copy VERB [オプション] [名前]

保管庫を別の場所にも置いておきます。書き込むコマンドはどれも、届くコピーを最新
にします。今ないコピーのために待つことはありません。

  add     フォルダにコピーを作る: USB メモリ、同期フォルダ、共有フォルダ
  list    コピーの場所と、保管庫との違い
  sync    コピーを最新にし、全ファイルを読み、壊れたものを直す
  remove  そのコピーを最新にするのをやめる

例: seedvault copy add /media/anna/STICK --kept home --as stick`,

	HelpCopyAdd: `使い方: seedvault copy add DIR [--kept PLACE] [--as NAME]

DIR に、ほかのものがあれば DIR/seedvault に、保管庫のコピーを作り、コピーがあ
ることを保管庫に書きます。それには鍵が要ります。同じ名前のコピーをほかのパソコ
ンが作っていれば、それのことだと考えます。

  --kept PLACE  置き場所: home、office、stick、cloud など。同じ言葉のものは一緒
                に失われると考えます。見て分からないときは必要です
  --as NAME     コピーの名前: a-z、0-9、-

例: seedvault copy add /media/anna/STICK --kept home --as stick`,

	HelpCopyList: `使い方: seedvault copy list [--json]

このパソコンが知っているコピーを一覧にします。鍵があれば、保管庫が知っていてこ
のパソコンが知らないものも示します。

  --json  オブジェクトの配列: name、kept、path、state、synced、id

例: seedvault copy list`,

	HelpCopySync: `使い方: seedvault copy sync [NAME...]

保管庫にあるものをコピーへ、コピーにあるものを保管庫へ写し、両方の全ファイルを
読み、壊れたものを無事なもので置き換えます。ほかは何も変えず、何も消しません。
名前がなければ、すべてのコピーです。

例: seedvault copy sync stick`,

	HelpCopyRemove: `使い方: seedvault copy remove NAME [--yes]

そのコピーを最新にするのをやめ、保管庫からも記録を外します。それには鍵が要りま
す。ファイルはそのまま残ります。ファイルと保持者の鍵を持つ人は、それを開けます。

  --yes  質問に「はい」と答える

例: seedvault copy remove stick`,

	HelpDrill: `使い方: seedvault drill HOLDER [--member NAME] [--copy NAME|DIR] [--json]
        seedvault drill --all [--copy NAME|DIR] [--json]

一つの保持者だけで保管庫やそのコピーを開けることを確かめます。すべてのシードを
復号し、コードを計算し、日付とコピーと状態を保管庫に書きます。紙なら、鍵を打ち
直すことです。合議のメンバーは、ほかの人なしに自分の分け前だけを開きます。その
記録は、次に誰かが保管庫を開いたときに書き込まれます。保管庫のないパソコンでは
結果を表示するだけです。

  --all               手元にある鍵と打った鍵をすべて試し、確かめたものとまだの
                      ものを、保存用に表示する
  --member NAME       合議 HOLDER の、誰の分け前か
  --copy NAME|DIR     コピーのほうを開く
  --json              オブジェクトの配列: holder、member、result、seeds、
                      failed、proven
  -i FILE、--passphrase-file FILE、--share FILE|-    鍵

例: seedvault drill paper --copy stick`,
}
