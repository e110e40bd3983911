package exchange

// bookkeeping is what apps keep for themselves and what is of no use elsewhere:
// numbers, orders, times of last use. It is named once for a file, and not kept.
var bookkeeping = map[string]bool{
	"uuid": true, "id": true, "accountID": true, "lmiUserId": true, "unique_id": true, "uniqueId": true, "unique_iv": true,
	"last_used": true, "lastUsedAt": true, "used_frequency": true, "tapCount": true, "CopyCount": true,
	"order": true, "Ranking": true, "position": true,
	"updatedAt": true, "password_timestamp": true, "createdDate": true, "upload_state": true,
	"icon_mime": true, "icon_hash": true, "iconType": true, "iconSrc": true, "tokenType": true, "pushNotification": true,
}

// rest puts under Other what an object holds beside the names given, where it is
// not empty or false.
func (r *reading) rest(n node, d *Details, known ...string) {
	seen := map[string]bool{}
	for _, k := range known {
		seen[k] = true
	}
	for name, v := range n.members() {
		if seen[name] || v.isNone() || v == "false" || v == `"Default"` || len(seen) > 1000 {
			continue
		}
		seen[name] = true
		switch text := v.text(); {
		case bookkeeping[name]:
			r.notice(Dropped, 1, fieldName(name))
		case text != "":
			d.other(name, text)
		default:
			d.other(name, string(v))
		}
	}
}
