package remote_test

import (
	"errors"
	"testing"

	"seedvault/escrow/copies/remote"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, remote, branch, shared string
	}{
		{"git:git@host.example:team/vault.git", "git@host.example:team/vault.git", "", "git:git@host.example:team/vault.git"},
		{"git:host:vault.git#main", "host:vault.git", "main", "git:host:vault.git#main"},
		{"git:https://host.example/team/vault.git#vaults/a", "https://host.example/team/vault.git", "vaults/a", "git:https://host.example/team/vault.git#vaults/a"},
		{"git:ssh://git@host.example:2222/vault.git", "ssh://git@host.example:2222/vault.git", "", "git:ssh://git@host.example:2222/vault.git"},
		{"git:/srv/vault.git", "/srv/vault.git", "", ""},
		{"git:./vault.git#main", "./vault.git", "main", ""},
		{"git:file:///srv/vault.git", "file:///srv/vault.git", "", ""},
		{`git:C:\vaults\v.git`, `C:\vaults\v.git`, "", ""},
		{"rclone:bucket:vault", "bucket:vault", "", "rclone:bucket:vault"},
		{"rclone:bucket:a/b, c", "bucket:a/b, c", "", "rclone:bucket:a/b, c"},
		{"rclone:/mnt/stick", "/mnt/stick", "", ""},
		{"rclone::local:/mnt/stick", ":local:/mnt/stick", "", ""},
		{"rclone::sftp,host=example.com,user=kim:vault", ":sftp,host=example.com,user=kim:vault", "", ""},
		{"rclone:bucket,region=eu:vault", "bucket,region=eu:vault", "", ""},
	} {
		a, err := remote.Parse(c.text)
		if err != nil || a.Remote != c.remote || a.Branch != c.branch || a.Shared() != c.shared || a.String() != c.text {
			t.Errorf("%s: %+v, %v, shared %q", c.text, a, err, a.Shared())
		}
	}
}

func TestFolder(t *testing.T) {
	for text, want := range map[string]string{
		"git:/srv/vault.git": "/srv/vault.git", "git:vault.git#main": "vault.git", "git:file:///srv/vault.git": "/srv/vault.git",
		"git:host:vault.git": "", "git:https://host/vault.git": "", "rclone:/mnt/stick": "/mnt/stick", "rclone:s3:/vault": "",
	} {
		a, err := remote.Parse(text)
		if got := a.Folder(); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"git:":                                            remote.ErrAddress,
		"git:#main":                                       remote.ErrAddress,
		"git:host:x#":                                     remote.ErrAddress,
		"git:host:x#-f":                                   remote.ErrAddress,
		"git:host:x#a..b":                                 remote.ErrAddress,
		"git:host:x#a b":                                  remote.ErrAddress,
		"git:host:x\n--upload-pack=touch":                 remote.ErrAddress,
		"git:--upload-pack=touch /tmp/x":                  remote.ErrFlag,
		"git:-oProxyCommand=x:y":                          remote.ErrFlag,
		"git:ssh://-oProxyCommand=x/y":                    remote.ErrFlag,
		"git:ssh://-oProxyCommand=x@host/y":               remote.ErrFlag,
		"git:kim@-oProxyCommand=x:y":                      remote.ErrFlag,
		"git:ext::sh -c touch% x":                         remote.ErrTransport,
		"git:fd::17":                                      remote.ErrTransport,
		"git:EXT::sh -c x":                                remote.ErrTransport,
		"git:ftp://host/x":                                remote.ErrTransport,
		"git:https://kim:made-up@host/x":                  remote.ErrCredentials,
		"git:https://made-up-token@host/x":                remote.ErrCredentials,
		"git:https://host/x?private_token=made":           remote.ErrCredentials,
		"git:ssh://kim:made-up@host/x":                    remote.ErrCredentials,
		"rclone:":                                         remote.ErrAddress,
		"rclone:bucket":                                   remote.ErrAddress,
		"rclone:--config=/tmp/x:y":                        remote.ErrFlag,
		"rclone::s3,secret_access_key=made-up:bucket":     remote.ErrCredentials,
		"rclone::sftp,host=x,pass=made-up:y":              remote.ErrCredentials,
		`rclone::webdav,url="https://x:1",pass=made-up:y`: remote.ErrCredentials,
		"rclone:bucket,token=made-up:y":                   remote.ErrCredentials,
		"svn:x:y":                                         remote.ErrAddress,
		"folder":                                          remote.ErrAddress,
	} {
		if a, err := remote.Parse(text); !errors.Is(err, want) {
			t.Errorf("%s: %+v, %v, want %v", text, a, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"git:host:x#main", "rclone:bucket:y", "rclone::sftp,host=x:y", "git:ssh://a@b/c", "git:-x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := remote.Parse(text)
		if err != nil {
			return
		}
		if a.Remote == "" || a.Remote[0] == '-' || a.String() != text {
			t.Errorf("%q: %+v", text, a)
		}
		if again, err := remote.Parse(a.String()); err != nil || again != a {
			t.Errorf("%q: %+v, %v", text, again, err)
		}
	})
}
