package main

import (
	"fmt"
	"path/filepath"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// What Tilt's dialect has beside the language.
var dialect = &syntax.FileOptions{Set: true, While: true, TopLevelControl: true, GlobalReassign: true, Recursion: true}

type module struct {
	globals starlark.StringDict
	err     error
}

// run executes a Tiltfile with all that it loads, and gives its calls in their order, up to where it failed if it did.
func run(asked request) ([]call, error) {
	recorder := &recorder{asked: asked, calls: []call{}}
	names := builtins(recorder)
	modules := map[string]*module{}

	var execute func(path string) (starlark.StringDict, error)
	load := func(thread *starlark.Thread, name string) (starlark.StringDict, error) {
		if filepath.Ext(name) == "" {
			return nil, fmt.Errorf("%s is no file beside this one, and extensions are not to be had here", name)
		}
		return execute(filepath.Join(filepath.Dir(thread.CallFrame(0).Pos.Filename()), name))
	}
	execute = func(path string) (starlark.StringDict, error) {
		if known, ok := modules[path]; ok {
			if known == nil {
				return nil, fmt.Errorf("%s loads itself", path)
			}
			return known.globals, known.err
		}
		modules[path] = nil
		thread := &starlark.Thread{Name: path, Load: load}
		globals, err := starlark.ExecFileOptions(dialect, thread, path, nil, names)
		modules[path] = &module{globals, err}
		return globals, err
	}
	_, err := execute(asked.Tiltfile)
	return recorder.calls, err
}
