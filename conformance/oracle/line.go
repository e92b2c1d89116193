package main

import (
	"bytes"
	"errors"

	utiljson "k8s.io/apimachinery/pkg/util/json"
)

var errNotAnObject = errors.New("the line is not a JSON object")

// fields are the members of one line, their values untouched: what stands in
// "pod" reaches the reference's decoder byte for byte, malformed or not.
type fields map[string][]byte

// split fills f with the members of line. It looks no deeper than strings and
// brackets go; of two equal keys the last counts.
func (f fields) split(line []byte) error {
	clear(f)
	at := skipBlanks(line, 0)
	if at == len(line) || line[at] != '{' {
		return errNotAnObject
	}
	at = skipBlanks(line, at+1)
	for at < len(line) && line[at] == '"' {
		end := endOfString(line, at)
		colon := skipBlanks(line, end)
		if colon == len(line) || line[colon] != ':' {
			return errNotAnObject
		}
		start := skipBlanks(line, colon+1)
		stop := endOfValue(line, start)
		if start == stop {
			return errNotAnObject
		}
		f[string(line[at+1:end-1])] = bytes.TrimRight(line[start:stop], " \t\r\n")
		if stop == len(line) {
			return errNotAnObject
		}
		if line[stop] != ',' {
			at = stop
			break
		}
		at = skipBlanks(line, stop+1)
	}
	if at == len(line) || line[at] != '}' || skipBlanks(line, at+1) != len(line) {
		return errNotAnObject
	}
	return nil
}

// text is a member as a string; absent is "".
func (f fields) text(name string) (string, error) {
	raw, ok := f[name]
	if !ok {
		return "", nil
	}
	if n := len(raw); n >= 2 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : n-1]), nil
	}
	var s string
	err := utiljson.Unmarshal(raw, &s)
	return s, err
}

// bytes is the member name, or the Base64 text in name+"Bytes", for input that
// could not stand inside a line.
func (f fields) bytes(name string) ([]byte, error) {
	if raw, ok := f[name+"Bytes"]; ok {
		var decoded []byte
		err := utiljson.Unmarshal(raw, &decoded)
		return decoded, err
	}
	return f[name], nil
}

// content is a file's content: an object as it stands in the line, or a text,
// or Base64; null is no content.
func (f fields) content(name string) ([]byte, error) {
	raw, err := f.bytes(name)
	if err != nil || bytes.Equal(raw, []byte("null")) {
		return nil, err
	}
	if _, given := f[name]; given && raw[0] == '"' {
		text, err := f.text(name)
		return []byte(text), err
	}
	return raw, nil
}

func skipBlanks(s []byte, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\r' || s[at] == '\n') {
		at++
	}
	return at
}

// endOfString is the index after the string that starts at at.
func endOfString(s []byte, at int) int {
	for at++; at < len(s); at++ {
		quote := bytes.IndexByte(s[at:], '"')
		if quote < 0 {
			return len(s)
		}
		escape := bytes.IndexByte(s[at:at+quote], '\\')
		if escape < 0 {
			return at + quote + 1
		}
		at += escape + 1
	}
	return len(s)
}

// endOfValue is the index of the comma or bracket that ends the value at at.
func endOfValue(s []byte, at int) int {
	depth := 0
	for at < len(s) {
		switch s[at] {
		case '"':
			at = endOfString(s, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at
			}
			depth--
		case ',':
			if depth == 0 {
				return at
			}
		}
		at++
	}
	return len(s)
}
