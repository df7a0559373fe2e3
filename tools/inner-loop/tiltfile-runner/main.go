// Reads a Tiltfile as Tilt does, and prints what it asks Tilt for instead of doing it.
//
// On stdin a request, on stdout the calls that it came to: both JSON.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"go.starlark.net/starlark"
)

type request struct {
	Tiltfile string `json:"tiltfile"`
	// What stands behind `--` of `tilt up`.
	Arguments []string `json:"arguments"`
	// What local() gives, by how its command begins.
	Answers     map[string]string `json:"answers"`
	Environment map[string]string `json:"environment"`
}

type call struct {
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`
}

type answer struct {
	Calls []call `json:"calls"`
	// Why the Tiltfile did not come to its end, with the lines that it was at; empty when it did.
	Problem string `json:"problem"`
}

func main() {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, "the request is no JSON:", err)
		os.Exit(2)
	}
	calls, err := run(asked)
	if err := json.NewEncoder(os.Stdout).Encode(answer{Calls: calls, Problem: problemOf(err)}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func problemOf(err error) string {
	var evaluation *starlark.EvalError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &evaluation):
		return evaluation.Backtrace()
	default:
		return err.Error()
	}
}
