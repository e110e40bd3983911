package speech

// japanese is the whole catalogue in Japanese, in polite form (です・ます) and
// short. A remark, an error and a hint end without 。 as those in English end
// without a full stop; words in Latin letters have a space on both sides. One word
// for one thing:
//
//	vault        保管庫                 holder     保持者（人とは限らない）
//	seed         シード                 copy       コピー
//	code         コード                 sheet      控えの紙
//	fingerprint  フィンガープリント     kit        キット
//	accepted     承認済み               drill      訓練
//	not yet ...  未承認                 quorum     合議
//	seal         承認記録               receipt    受付番号
//	recipient    公開鍵                 passphrase パスフレーズ
//	paper key    紙の鍵                 key file   鍵ファイル
//	issuer       発行元                 account    アカウント
//	tour         ツアー                 phone      スマホ
//	tag          タグ                   note       メモ
//	counter      カウンター             counting   カウンター式
//	rotate       鍵の切り替え           enrol      登録する
//	stay, leave  残る、外れる           refuse     断る
//	join         合わせる               share      分担
//
// Where a vault has changed its key, the vault after it is 新しい保管庫.
var japanese = catalogue(japaneseHelp, japaneseErrors, japaneseRemarks, japaneseTables, japaneseTour, japaneseRotation, japaneseCopies, japaneseFirst, japaneseSheet, japaneseTyped, japaneseGuide)
