// Package gateway is the front of the sample services: requests, a router, middleware and handlers,
// shaped like net/http without its size.
package gateway

import "strings"

// Request is what a client sends.
type Request struct {
	ID     uint64
	Method string
	Path   string
	Token  string
	Body   string

	parameters map[string]string
	session    *Session
}

// Response is what it gets back.
type Response struct {
	Status int
	Body   []byte
}

// Handler answers requests.
type Handler func(*Response, *Request)

// Middleware puts something around a handler.
type Middleware func(Handler) Handler

// Router finds the handler of a path such as "/tenants/:tenant/document".
type Router struct {
	root node
}

type node struct {
	children map[string]*node
	wildcard *node
	name     string
	handlers map[string]Handler
}

// Handle registers a handler, behind the given middleware, outermost first.
func (r *Router) Handle(method, pattern string, handler Handler, around ...Middleware) {
	at := &r.root
	for _, segment := range strings.Split(strings.Trim(pattern, "/"), "/") {
		at = at.child(segment)
	}
	for i := len(around) - 1; i >= 0; i-- {
		handler = around[i](handler)
	}
	if at.handlers == nil {
		at.handlers = make(map[string]Handler)
	}
	at.handlers[method] = handler
}

func (n *node) child(segment string) *node {
	if name, ok := strings.CutPrefix(segment, ":"); ok {
		if n.wildcard == nil {
			n.wildcard = &node{name: name}
		}
		return n.wildcard
	}
	if n.children == nil {
		n.children = make(map[string]*node)
	}
	if n.children[segment] == nil {
		n.children[segment] = &node{name: segment}
	}
	return n.children[segment]
}

// Serve answers one request.
func (r *Router) Serve(response *Response, request *Request) {
	request.parameters = make(map[string]string, 2)
	found := r.root.match(strings.Split(strings.Trim(request.Path, "/"), "/"), request.parameters)
	if found == nil || found.handlers[request.Method] == nil {
		response.Status = 404
		return
	}
	found.handlers[request.Method](response, request)
}

func (n *node) match(segments []string, parameters map[string]string) *node {
	if len(segments) == 0 {
		return n
	}
	if next := n.children[segments[0]]; next != nil {
		return next.match(segments[1:], parameters)
	}
	if n.wildcard == nil {
		return nil
	}
	parameters[n.wildcard.name] = segments[0]
	return n.wildcard.match(segments[1:], parameters)
}
