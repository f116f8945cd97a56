// Serves the example host on this machine until standard input closes, and says on which port.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"

	"example/host/mfaproxy"
)

// The app's sessions, as the test has them: `session=ada.1` is Ada's first. A completed one gets the next number.
type sessions struct{}

func of(r *http.Request) (string, int) {
	cookie, err := r.Cookie("session")
	if err != nil {
		return "", 0
	}
	name, number, _ := strings.Cut(cookie.Value, ".")
	count, _ := strconv.Atoi(number)
	return name, count
}

func (sessions) UserOf(r *http.Request) (mfaproxy.User, bool) {
	name, count := of(r)
	return mfaproxy.User{ID: "user_" + name, Email: name + "@example.com", Complete: count > 1}, name != ""
}

func (sessions) Complete(r *http.Request) string {
	name, count := of(r)
	return fmt.Sprintf("session=%s.%d; Path=/; HttpOnly", name, count+1)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("listening on %d\n", listener.Addr().(*net.TCPAddr).Port)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	panic(http.Serve(listener, mfaproxy.New(os.Getenv("WORKOS_API_KEY"), sessions{})))
}
