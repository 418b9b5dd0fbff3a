package config

import (
	"fmt"
	"strconv"
	"strings"

	"leaks/syntax"
)

// Table is a node of the configuration: every value is an interface.
type Table = map[string]interface{}

type parser struct {
	lexer *syntax.Lexer
	token syntax.Token
}

// Parse turns a document into nested tables.
func Parse(source string) (Table, error) {
	p := &parser{lexer: syntax.NewLexer(source)}
	if err := p.advance(); err != nil {
		return nil, err
	}
	return p.entries(syntax.End, "")
}

func (p *parser) advance() (err error) {
	p.token, err = p.lexer.Next()
	return err
}

func (p *parser) entries(kind syntax.Kind, mark string) (Table, error) {
	table := make(Table)
	for {
		if p.token.Kind == kind && p.token.Text == mark {
			return table, p.advance()
		}
		if p.token.Kind != syntax.Word {
			return nil, fmt.Errorf("line %d: expected a name, found %q", p.token.Line, p.token.Text)
		}
		if err := p.entry(table); err != nil {
			return nil, err
		}
	}
}

func (p *parser) entry(table Table) error {
	name := strings.Clone(p.token.Text)
	if err := p.advance(); err != nil {
		return err
	}
	if p.token.Is("=") {
		if err := p.advance(); err != nil {
			return err
		}
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	table[name] = value
	return nil
}

func (p *parser) value() (interface{}, error) {
	switch {
	case p.token.Kind == syntax.Number:
		return p.number()
	case p.token.Kind == syntax.Text:
		return p.text()
	case p.token.Is("["):
		return p.list()
	case p.token.Is("{"):
		return p.table()
	default:
		return nil, fmt.Errorf("line %d: expected a value, found %q", p.token.Line, p.token.Text)
	}
}

func (p *parser) number() (interface{}, error) {
	n, err := strconv.Atoi(p.token.Text)
	if err != nil {
		return nil, err
	}
	return n, p.advance()
}

func (p *parser) text() (interface{}, error) {
	s := strings.Clone(p.token.Text)
	return s, p.advance()
}

func (p *parser) list() (interface{}, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	var items []interface{}
	for !p.token.Is("]") {
		item, err := p.value()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if p.token.Is(",") {
			if err := p.advance(); err != nil {
				return nil, err
			}
		}
	}
	return items, p.advance()
}

func (p *parser) table() (interface{}, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	return p.entries(syntax.Mark, "}")
}
