package gateway

import (
	"fmt"
	"strings"

	"leaks/bounded"
)

// Session is who a token belongs to.
type Session struct {
	User     string
	Roles    []string
	Requests int
	Recent   [8]uint64
}

// Sessions knows a session for each token. There are as many as users.
type Sessions struct {
	byToken map[string]*Session
}

func (s *Sessions) session(token string) *Session {
	if known, ok := s.byToken[token]; ok {
		return known
	}
	made := openSession(token)
	s.byToken[strings.Clone(token)] = made
	return made
}

func openSession(token string) *Session {
	return &Session{User: "user-" + token, Roles: rolesOf(token)}
}

func rolesOf(token string) []string {
	roles := []string{"reader"}
	if strings.HasSuffix(token, "0") {
		roles = append(roles, "administrator")
	}
	return append(roles, "writer")
}

// Metrics counts the answers to each route, with the sizes of their bodies.
type Metrics struct {
	series map[string]*series
}

type series struct {
	count   int
	buckets []int
	recent  *bounded.Ring[int]
}

func (m *Metrics) named(name string) *series {
	if known, ok := m.series[name]; ok {
		return known
	}
	made := newSeries()
	m.series[name] = made
	return made
}

func newSeries() *series {
	return &series{buckets: make([]int, 512), recent: bounded.NewRing[int](128)}
}

func (s *series) observe(size int) {
	s.count++
	s.buckets[min(size/64, len(s.buckets)-1)]++
	s.recent.Add(size)
}

// AuditLine is an entry of the audit log.
type AuditLine struct {
	Request uint64
	User    string
	Text    string
}

func withRecovery(next Handler) Handler {
	return func(response *Response, request *Request) {
		defer func() {
			if recover() != nil {
				response.Status = 500
			}
		}()
		next(response, request)
	}
}

func withSession(sessions *Sessions) Middleware {
	return func(next Handler) Handler {
		return func(response *Response, request *Request) {
			request.session = sessions.session(request.Token)
			request.session.Recent[request.session.Requests%8] = request.ID
			request.session.Requests++
			next(response, request)
		}
	}
}

func withMetrics(metrics *Metrics, route string) Middleware {
	return func(next Handler) Handler {
		return func(response *Response, request *Request) {
			next(response, request)
			metrics.named(seriesName(route, response.Status)).observe(len(response.Body))
		}
	}
}

func seriesName(route string, status int) string { return fmt.Sprintf("%s/%d", route, status) }

func withAudit(log *bounded.Ring[AuditLine]) Middleware {
	return func(next Handler) Handler {
		return func(response *Response, request *Request) {
			next(response, request)
			log.Add(auditLine(response, request))
		}
	}
}

func auditLine(response *Response, request *Request) AuditLine {
	text := fmt.Sprintf("%s %s: %d", request.Method, request.Path, response.Status)
	return AuditLine{request.ID, request.session.User, text}
}
