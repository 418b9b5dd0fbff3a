package settings

import (
	"fmt"
	"strconv"
	"strings"

	"leaks/syntax"
)

// parser puts values straight into the typed tables. The path is written into one buffer.
type parser struct {
	store *Store
	lexer *syntax.Lexer
	token syntax.Token
	path  []byte
}

func (s *Store) parse(tenant, source string) error {
	buffer := s.buffers.Get().(*[]byte)
	defer s.buffers.Put(buffer)
	p := &parser{store: s, lexer: syntax.NewLexer(source), path: append((*buffer)[:0], tenant...)}
	if err := p.advance(); err != nil {
		return err
	}
	for p.token.Kind != syntax.End {
		if err := p.entry(); err != nil {
			return err
		}
	}
	*buffer = p.path
	return nil
}

func (p *parser) advance() (err error) {
	p.token, err = p.lexer.Next()
	return err
}

func (p *parser) entry() error {
	if p.token.Kind != syntax.Word {
		return fmt.Errorf("line %d: expected a name, found %q", p.token.Line, p.token.Text)
	}
	length := len(p.path)
	defer func() { p.path = p.path[:length] }()
	p.path = append(append(p.path, '.'), p.token.Text...)
	if err := p.advance(); err != nil {
		return err
	}
	if p.token.Is("=") {
		if err := p.advance(); err != nil {
			return err
		}
	}
	return p.value()
}

func (p *parser) value() error {
	switch {
	case p.token.Kind == syntax.Number:
		n, err := strconv.Atoi(p.token.Text)
		if err != nil {
			return err
		}
		p.store.numbers.document[p.name()] = n
		return p.advance()
	case p.token.Kind == syntax.Text:
		p.store.strings.document[p.name()] = strings.Clone(p.token.Text)
		return p.advance()
	case p.token.Is("["):
		return p.list()
	case p.token.Is("{"):
		return p.table()
	default:
		return fmt.Errorf("line %d: expected a value, found %q", p.token.Line, p.token.Text)
	}
}

// name is the path as a string: the same one each time.
func (p *parser) name() string {
	if known, ok := p.store.names[string(p.path)]; ok {
		return known
	}
	made := string(p.path)
	p.store.names[made] = made
	return made
}

func (p *parser) list() error {
	if err := p.advance(); err != nil {
		return err
	}
	length := len(p.path)
	for i := 0; !p.token.Is("]"); i++ {
		p.path = strconv.AppendInt(append(p.path[:length], '.'), int64(i), 10)
		if err := p.value(); err != nil {
			return err
		}
		if p.token.Is(",") {
			if err := p.advance(); err != nil {
				return err
			}
		}
	}
	p.path = p.path[:length]
	return p.advance()
}

func (p *parser) table() error {
	if err := p.advance(); err != nil {
		return err
	}
	for !p.token.Is("}") {
		if err := p.entry(); err != nil {
			return err
		}
	}
	return p.advance()
}
