//go:build !everything

package everything

// Asked reports whether the build tag is set.
const Asked = false
