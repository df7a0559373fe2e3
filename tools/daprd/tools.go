//go:build tools

// Package tools names the program that this module exists to build, so that its versions are recorded.
package tools

import (
	_ "github.com/dapr/dapr/cmd/daprd"
)
