package main

import (
	"flag"
	"io"

	"go.starlark.net/starlark"
)

// values collects what a flag is given, each time that it is.
type values []string

func (values *values) String() string { return "" }

func (values *values) Set(value string) error {
	*values = append(*values, value)
	return nil
}

func (recorder *recorder) defineStringList(
	_ *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	var name, usage string
	var args bool
	if err := starlark.UnpackArgs(builtin.Name(), positional, named, "name", &name, "args?", &args, "usage?", &usage); err != nil {
		return nil, err
	}
	recorder.lists = append(recorder.lists, name)
	return starlark.None, nil
}

// parse gives the settings that were made; one that was not is left out, as Tilt does.
func (recorder *recorder) parse(
	_ *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	if err := starlark.UnpackArgs(builtin.Name(), positional, named); err != nil {
		return nil, err
	}
	flags := flag.NewFlagSet("tilt up", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	settings := make([]values, len(recorder.lists))
	for index, name := range recorder.lists {
		flags.Var(&settings[index], name, "")
	}
	if err := flags.Parse(recorder.asked.Arguments); err != nil {
		return nil, err
	}
	parsed := starlark.NewDict(len(settings))
	for index, name := range recorder.lists {
		if settings[index] == nil {
			continue
		}
		list := make([]starlark.Value, len(settings[index]))
		for position, value := range settings[index] {
			list[position] = starlark.String(value)
		}
		if err := parsed.SetKey(starlark.String(name), starlark.NewList(list)); err != nil {
			return nil, err
		}
	}
	return parsed, nil
}
