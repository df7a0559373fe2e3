//go:build tools

// Package tools names the programs that this module exists to build, so that their versions are recorded.
package tools

import _ "github.com/traefik/traefik/v3/cmd/traefik"
