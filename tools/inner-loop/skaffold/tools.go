//go:build tools

// Package tools names the program that this module exists to build, so that its version is recorded.
package tools

import _ "github.com/GoogleContainerTools/skaffold/v2/cmd/skaffold"
