package main

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.yaml.in/yaml/v3"
)

func decodeYAMLStream(
	_ *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	var text starlark.Value
	if err := starlark.UnpackArgs(builtin.Name(), positional, named, "yaml", &text); err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(strings.NewReader(fmt.Sprint(fromStarlark(text))))
	documents := starlark.NewList(nil)
	for {
		var document any
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return documents, nil
		} else if err != nil {
			return nil, err
		}
		if err := documents.Append(fromYAML(document)); err != nil {
			return nil, err
		}
	}
}

func encodeYAML(
	_ *starlark.Thread, builtin *starlark.Builtin, positional starlark.Tuple, named []starlark.Tuple,
) (starlark.Value, error) {
	var value starlark.Value
	if err := starlark.UnpackArgs(builtin.Name(), positional, named, "obj", &value); err != nil {
		return nil, err
	}
	text, err := yaml.Marshal(fromStarlark(value))
	return blob(text), err
}

func fromYAML(value any) starlark.Value {
	switch value := value.(type) {
	case nil:
		return starlark.None
	case bool:
		return starlark.Bool(value)
	case int:
		return starlark.MakeInt(value)
	case float64:
		return starlark.Float(value)
	case []any:
		list := make([]starlark.Value, len(value))
		for index, item := range value {
			list[index] = fromYAML(item)
		}
		return starlark.NewList(list)
	case map[string]any:
		dict := starlark.NewDict(len(value))
		keys := make([]string, 0, len(value))
		for key := range value {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			_ = dict.SetKey(starlark.String(key), fromYAML(value[key]))
		}
		return dict
	default:
		return starlark.String(fmt.Sprint(value))
	}
}

func toJSON(bound map[string]starlark.Value) map[string]any {
	plain := map[string]any{}
	for name, value := range bound {
		plain[name] = fromStarlark(value)
	}
	return plain
}

func fromStarlark(value starlark.Value) any {
	switch value := value.(type) {
	case starlark.NoneType:
		return nil
	case starlark.Bool:
		return bool(value)
	case starlark.String:
		return string(value)
	case blob:
		return string(value)
	case starlark.Int:
		number, _ := value.Int64()
		return number
	case starlark.Float:
		return float64(value)
	case *starlark.Dict:
		plain := map[string]any{}
		for _, pair := range value.Items() {
			plain[fmt.Sprint(fromStarlark(pair[0]))] = fromStarlark(pair[1])
		}
		return plain
	case *starlarkstruct.Struct:
		members := starlark.StringDict{}
		value.ToStringDict(members)
		return toJSON(members)
	case starlark.Sequence:
		list := make([]any, 0, value.Len())
		iterator := value.Iterate()
		defer iterator.Done()
		var item starlark.Value
		for iterator.Next(&item) {
			list = append(list, fromStarlark(item))
		}
		return list
	default:
		return value.String()
	}
}

func stringDict(texts map[string]string) *starlark.Dict {
	dict := starlark.NewDict(len(texts))
	for name, text := range texts {
		_ = dict.SetKey(starlark.String(name), starlark.String(text))
	}
	return dict
}
