// Command echo is the smallest app that shows what a cluster does for an app: it says its name, and asks another app for its
// name through the sidecar beside it.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

const sidecar = "http://127.0.0.1:3500/v1.0/invoke/%s/method/name"

func main() {
	name := os.Getenv("NAME")
	client := &http.Client{Timeout: 10 * time.Second}

	http.HandleFunc("GET /name", func(response http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(response, name)
	})
	http.HandleFunc("GET /ask/{app}", func(response http.ResponseWriter, request *http.Request) {
		answer, err := client.Get(fmt.Sprintf(sidecar, request.PathValue("app")))
		if err != nil {
			http.Error(response, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		response.WriteHeader(answer.StatusCode)
		fmt.Fprintf(response, "%s asked, and heard: ", name)
		io.Copy(response, answer.Body)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
