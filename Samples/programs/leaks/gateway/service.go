package gateway

import (
	"strconv"

	"leaks/bounded"
)

// Backend is what keeps the settings: the leaking store and its repaired twin.
type Backend interface {
	SetInt(path string, n int) error
	SetString(path, text string) error
	Apply(tenant, source string) error
	Lookup(path string) (string, bool)
	Render(tenant string) string
	Watch(tenant string, callback func(path string))
}

// Service serves the settings of a fleet.
type Service struct {
	backend  Backend
	router   Router
	sessions Sessions
	metrics  Metrics
	audit    *bounded.Ring[AuditLine]
	pages    *bounded.Cache[string, []byte]
}

// NewService is a service in front of a backend.
func NewService(backend Backend) *Service {
	s := &Service{
		backend:  backend,
		sessions: Sessions{make(map[string]*Session)},
		metrics:  Metrics{make(map[string]*series)},
		audit:    bounded.NewRing[AuditLine](512),
		pages:    bounded.NewCache[string, []byte](24),
	}
	s.route("PUT", "/tenants/:tenant/numbers/:name", s.putNumber)
	s.route("PUT", "/tenants/:tenant/strings/:name", s.putString)
	s.route("PUT", "/tenants/:tenant/document", s.putDocument)
	s.route("GET", "/tenants/:tenant/document", s.getDocument)
	s.route("GET", "/tenants/:tenant/settings/:name", s.getSetting)
	return s
}

func (s *Service) route(method, pattern string, handler Handler) {
	s.router.Handle(method, pattern, handler,
		withRecovery, withSession(&s.sessions), withAudit(s.audit), withMetrics(&s.metrics, method+pattern))
}

// Register tells the service of a tenant, whose cached page is to go when a setting changes.
func (s *Service) Register(tenant string) {
	s.backend.Watch(tenant, func(string) { s.pages.Remove(tenant) })
}

// Serve answers one request.
func (s *Service) Serve(request *Request) *Response {
	response := &Response{Status: 200}
	s.router.Serve(response, request)
	return response
}

func settingPath(request *Request) string {
	return request.parameters["tenant"] + "." + request.parameters["name"]
}

func (s *Service) putNumber(response *Response, request *Request) {
	n, err := strconv.Atoi(request.Body)
	if err == nil {
		err = s.backend.SetInt(settingPath(request), n)
	}
	answer(response, err)
}

func (s *Service) putString(response *Response, request *Request) {
	answer(response, s.backend.SetString(settingPath(request), request.Body))
}

func (s *Service) putDocument(response *Response, request *Request) {
	answer(response, s.backend.Apply(request.parameters["tenant"], request.Body))
}

func (s *Service) getDocument(response *Response, request *Request) {
	tenant := request.parameters["tenant"]
	page, ok := s.pages.Get(tenant)
	if !ok {
		page = []byte(s.backend.Render(tenant))
		s.pages.Put(tenant, page)
	}
	response.Body = page
}

func (s *Service) getSetting(response *Response, request *Request) {
	text, ok := s.backend.Lookup(settingPath(request))
	if !ok {
		response.Status = 404
		return
	}
	response.Body = []byte(text)
}

func answer(response *Response, err error) {
	if err == nil {
		return
	}
	response.Status = 400
	response.Body = []byte(err.Error())
}
