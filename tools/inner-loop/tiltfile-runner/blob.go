package main

import (
	"errors"

	"go.starlark.net/starlark"
)

// blob is the content of a file that is not one, which Tilt tells from the path of a file.
type blob string

func (text blob) String() string        { return string(text) }
func (text blob) Type() string          { return "blob" }
func (text blob) Freeze()               {}
func (text blob) Truth() starlark.Bool  { return len(text) > 0 }
func (text blob) Hash() (uint32, error) { return 0, errors.New("a blob is no key") }
