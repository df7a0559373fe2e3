//go:build tools

// Package tools names the programs that this module exists to build, so that their versions are recorded.
package tools

import (
	_ "github.com/mongodb/mongo-tools/mongodump/main"
	_ "github.com/mongodb/mongo-tools/mongorestore/main"
)
