package exchange

// Ask says for what a password is wanted.
type Ask struct {
	Source string
	Format string
	Tries  int // how many were wrong
}

// Cost is what trying a password takes, said before it is spent.
type Cost struct {
	Function string // scrypt, argon2id or pbkdf2
	Memory   int64  // bytes
	Rounds   int64  // of PBKDF2; of Argon2 the passes over the memory
}
