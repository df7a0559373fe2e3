// Dapr's sidecar with its stable components, and name resolution by a SQLite file besides: the resolver by which sidecars of one machine
// find each other without asking its whole network. Released builds of daprd have it among all their components.
package main

import (
	"github.com/dapr/components-contrib/nameresolution/sqlite"
	"github.com/dapr/dapr/cmd/daprd/app"
	"github.com/dapr/dapr/pkg/components/nameresolution"
)

func main() {
	nameresolution.DefaultRegistry.RegisterComponent(sqlite.NewResolver, "sqlite")
	app.Run()
}
