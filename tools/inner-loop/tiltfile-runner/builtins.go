package main

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

type recorder struct {
	asked request
	calls []call
	lists []string
}

type function = func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error)

// builtins gives what a Tiltfile finds besides the language: recorders of what it asks for, and what it calculates with.
func builtins(recorder *recorder) starlark.StringDict {
	names := starlark.StringDict{
		"TRIGGER_MODE_AUTO":   starlark.String("auto"),
		"TRIGGER_MODE_MANUAL": starlark.String("manual"),
		"config": structOf(starlark.StringDict{
			"define_string_list": starlark.NewBuiltin("define_string_list", recorder.defineStringList),
			"parse":              starlark.NewBuiltin("parse", recorder.parse),
		}),
		"os":                 structOf(starlark.StringDict{"environ": stringDict(recorder.asked.Environment)}),
		"k8s_context":        constant("k8s_context", "commons"),
		"decode_yaml_stream": starlark.NewBuiltin("decode_yaml_stream", decodeYAMLStream),
		"encode_yaml":        starlark.NewBuiltin("encode_yaml", encodeYAML),
	}
	for name := range signatures {
		names[name] = starlark.NewBuiltin(name, recorder.record)
	}
	for _, name := range []string{"fall_back_on", "link", "port_forward", "run", "sync"} {
		names[name] = starlark.NewBuiltin(name, describe)
	}
	names["local"] = starlark.NewBuiltin("local", recorder.local)
	return names
}

func structOf(members starlark.StringDict) *starlarkstruct.Struct {
	return starlarkstruct.FromStringDict(starlarkstruct.Default, members)
}

func constant(name, value string) *starlark.Builtin {
	return starlark.NewBuiltin(name, func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
		return starlark.String(value), nil
	})
}

func (recorder *recorder) record(
	_ *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	bound, err := bind(builtin.Name(), positional, named)
	if err != nil {
		return nil, err
	}
	if _, ok := bound["yaml"].(blob); builtin.Name() == "k8s_yaml" && !ok {
		return nil, fmt.Errorf("k8s_yaml: wants what local() or encode_yaml() gave: a text is the path of a file")
	}
	recorder.calls = append(recorder.calls, call{builtin.Name(), toJSON(bound)})
	return starlark.None, nil
}

// describe is for functions that do nothing but describe something to another one.
func describe(
	_ *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	bound, err := bind(builtin.Name(), positional, named)
	if err != nil {
		return nil, err
	}
	bound["is"] = starlark.String(builtin.Name())
	return starlarkstruct.FromStringDict(starlarkstruct.Default, bound), nil
}

// local runs nothing: it gives the answer that the request has for the command.
func (recorder *recorder) local(
	thread *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	if _, err := recorder.record(thread, builtin, positional, named); err != nil {
		return nil, err
	}
	command := commandLine(recorder.calls[len(recorder.calls)-1].Arguments["command"])
	for beginning, text := range recorder.asked.Answers {
		if strings.HasPrefix(command, beginning) {
			return blob(text), nil
		}
	}
	return nil, fmt.Errorf("local: nobody said what this gives: %s", command)
}

func commandLine(command any) string {
	words, ok := command.([]any)
	if !ok {
		return fmt.Sprint(command)
	}
	line := make([]string, len(words))
	for index, word := range words {
		line[index] = fmt.Sprint(word)
	}
	return strings.Join(line, " ")
}
