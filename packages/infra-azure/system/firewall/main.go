// A web application firewall before a service: OWASP's rules, by directives in Coraza. Azure's firewall can't
// be had on one machine; its default rule set began as a version of these rules.
//
// Usage: firewall DIRECTIVES ORIGIN. It prints the port that it listens on, and each rule that a request matches.
package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	coreruleset "github.com/corazawaf/coraza-coreruleset/v4"
	"github.com/corazawaf/coraza/v3"
	corazahttp "github.com/corazawaf/coraza/v3/http"
	"github.com/corazawaf/coraza/v3/types"
)

func main() {
	if err := serve(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(directives, origin string) error {
	firewall, err := coraza.NewWAF(coraza.NewWAFConfig().
		WithRootFS(coreruleset.FS).
		WithDirectives(directives).
		WithErrorCallback(func(match types.MatchedRule) {
			fmt.Printf("rule %d: %s\n", match.Rule().ID(), match.URI())
		}))
	if err != nil {
		return err
	}
	target, err := url.Parse(origin)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("port %d\n", listener.Addr().(*net.TCPAddr).Port)
	return http.Serve(listener, corazahttp.WrapHandler(firewall, httputil.NewSingleHostReverseProxy(target)))
}
