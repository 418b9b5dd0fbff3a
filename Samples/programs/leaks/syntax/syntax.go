// Package syntax reads the small configuration language of the samples:
//
//	limits { rate = 4200 burst = 900 }
//	hosts = [ { name = "a" port = 8080 }, { name = "b" port = 8081 } ]
package syntax

import (
	"fmt"
	"strings"
)

// Kind is the kind of a Token.
type Kind uint8

// The kinds of token. A Mark is one of { } [ ] = and the comma.
const (
	End Kind = iota
	Word
	Number
	Text
	Mark
)

// Token is one word of the source. Text of a quoted string comes without its quotes.
type Token struct {
	Kind Kind
	Text string
	Line int
}

// Is tells whether the token is the given mark.
func (t Token) Is(mark string) bool { return t.Kind == Mark && t.Text == mark }

// Lexer cuts a source into tokens.
type Lexer struct {
	source string
	offset int
	line   int
}

// NewLexer reads source from its beginning.
func NewLexer(source string) *Lexer { return &Lexer{source: source, line: 1} }

// Next is the next token, of kind End where the source ends.
func (l *Lexer) Next() (Token, error) {
	l.skipBlanks()
	if l.offset >= len(l.source) {
		return Token{Kind: End, Line: l.line}, nil
	}
	switch c := l.source[l.offset]; {
	case strings.IndexByte("{}[]=,", c) >= 0:
		l.offset++
		return Token{Mark, l.source[l.offset-1 : l.offset], l.line}, nil
	case c == '"':
		return l.quoted()
	case isDigit(c):
		return Token{Number, l.span(isDigit), l.line}, nil
	case isLetter(c):
		return Token{Word, l.span(isLetterOrDigit), l.line}, nil
	default:
		return Token{}, fmt.Errorf("line %d: unexpected %q", l.line, c)
	}
}

func (l *Lexer) skipBlanks() {
	for l.offset < len(l.source) {
		switch l.source[l.offset] {
		case '\n':
			l.line++
		case ' ', '\t':
		default:
			return
		}
		l.offset++
	}
}

func (l *Lexer) span(belongs func(byte) bool) string {
	start := l.offset
	for l.offset < len(l.source) && belongs(l.source[l.offset]) {
		l.offset++
	}
	return l.source[start:l.offset]
}

func (l *Lexer) quoted() (Token, error) {
	rest := l.source[l.offset+1:]
	end := strings.IndexByte(rest, '"')
	if end < 0 {
		return Token{}, fmt.Errorf("line %d: string without end", l.line)
	}
	l.offset += end + 2
	return Token{Text, rest[:end], l.line}, nil
}

func isDigit(c byte) bool         { return '0' <= c && c <= '9' }
func isLetter(c byte) bool        { return 'a' <= c && c <= 'z' || c == '_' }
func isLetterOrDigit(c byte) bool { return isDigit(c) || isLetter(c) }
