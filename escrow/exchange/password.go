package exchange

// PasswordRequest says what a password is wanted for.
type PasswordRequest struct {
	Source string
	Format string
	Tries  int // how many were wrong
}

// Cost is the work of trying one password; the caller learns it before it is spent.
type Cost struct {
	Function string // scrypt, argon2id or pbkdf2
	Memory   int64  // bytes
	Rounds   int64  // of PBKDF2; of Argon2 the passes over the memory, of scrypt its parallelism
}
