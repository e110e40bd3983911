package gitstore

import "testing"

func TestIsOpenSSH(t *testing.T) {
	for command, want := range map[string]bool{
		"ssh": true, "ssh -i key": true, "/usr/bin/ssh -p 2222": true, "ssh.exe": true,
		"ssh -i '/home/kim/my key'": true, `ssh -o ProxyCommand="nc %h %p"`: true,
		"'/opt/my tools/ssh' -4": true, `"C:/Program Files/Git/usr/bin/ssh.exe"`: true,
		"plink": false, "sshpass -e ssh": false, "'/opt/ssh tools/plink' -batch": false, "/opt/ssh/run.sh": false, "": false,
	} {
		if isOpenSSH(command) != want {
			t.Errorf("%s: %v", command, !want)
		}
	}
}
