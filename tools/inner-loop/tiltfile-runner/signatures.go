package main

import (
	"fmt"

	"go.starlark.net/starlark"
)

// The parameters of Tilt's functions, in their order: a call with another one fails here as it does in Tilt.
var signatures = map[string][]string{
	"allow_k8s_contexts": {"contexts"},
	"docker_build": {
		"ref", "context", "build_args", "dockerfile", "dockerfile_contents", "cache", "live_update", "match_in_env_vars", "ignore",
		"only", "entrypoint", "container_args", "target", "ssh", "secret", "network", "extra_tag", "cache_from", "pull", "platform",
		"extra_hosts",
	},
	"fall_back_on": {"paths"},
	"k8s_resource": {
		"workload", "new_name", "port_forwards", "extra_pod_selectors", "trigger_mode", "resource_deps", "objects", "auto_init",
		"pod_readiness", "links", "labels", "discovery_strategy",
	},
	"k8s_yaml": {"yaml", "allow_duplicates"},
	"link":     {"url", "name"},
	"local":    {"command", "quiet", "command_bat", "echo_off", "env", "dir", "stdin"},
	"local_resource": {
		"name", "cmd", "deps", "trigger_mode", "resource_deps", "ignore", "auto_init", "serve_cmd", "cmd_bat", "serve_cmd_bat",
		"allow_parallel", "links", "labels", "env", "serve_env", "readiness_probe", "dir", "serve_dir",
	},
	"port_forward":   {"local_port", "container_port", "name", "link_path", "host"},
	"run":            {"cmd", "trigger", "echo_off"},
	"sync":           {"local_path", "remote_path"},
	"watch_file":     {"file_path"},
	"watch_settings": {"ignore"},
}

// bind gives the arguments of a call by the names of their parameters.
func bind(name string, positional starlark.Tuple, named []starlark.Tuple) (map[string]starlark.Value, error) {
	parameters := signatures[name]
	if len(positional) > len(parameters) {
		return nil, fmt.Errorf("%s: got %d arguments, want at most %d", name, len(positional), len(parameters))
	}
	bound := map[string]starlark.Value{}
	for index, value := range positional {
		bound[parameters[index]] = value
	}
	for _, pair := range named {
		key := string(pair[0].(starlark.String))
		if !contains(parameters, key) {
			return nil, fmt.Errorf("%s: unexpected keyword argument %q", name, key)
		}
		if _, ok := bound[key]; ok {
			return nil, fmt.Errorf("%s: got multiple values for argument %q", name, key)
		}
		bound[key] = pair[1]
	}
	return bound, nil
}

func contains(names []string, wanted string) bool {
	for _, name := range names {
		if name == wanted {
			return true
		}
	}
	return false
}
