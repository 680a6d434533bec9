package transport

import (
	"cmp"
	"net/url"
	"strings"
)

// Raw is a raw call: the fields of each mall's Operation.
type Raw struct {
	Name   string
	Method string
	Path   string
	Query  url.Values
	Vars   map[string]string
}

// Resolve returns the call of a raw operation. Empty fields are taken from the table, and a
// complete path matches the table's if it fits the placeholders. Anything else is not a row of the
// table, and so an unsafe write.
func (c *Client) Resolve(raw Raw, body []byte) Call {
	row := c.Row(raw.Name)
	call := Call{Operation: row, Vars: raw.Vars, Query: raw.Query, Body: body}
	method, path := cmp.Or(raw.Method, row.Method), cmp.Or(raw.Path, row.Path)
	if vars, ok := match(row.Path, path); ok {
		path, call.Vars = row.Path, vars
	}
	if method != row.Method || path != row.Path {
		call.Operation = Operation{Name: raw.Name, Method: method, Path: path,
			Quota: row.Quota}
	}
	call.ID = lastOf(call.Operation.Path, call.Vars)
	return call
}

// match returns the values of a pattern's placeholders in a complete path.
func match(pattern, path string) (vars map[string]string, ok bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) || strings.Contains(path, "{") {
		return nil, false
	}
	vars = make(map[string]string)
	for i, segment := range want {
		name, is := strings.CutPrefix(segment, "{")
		value, err := url.PathUnescape(have[i])
		switch {
		case !is && segment != have[i], is && (err != nil || value == ""):
			return nil, false
		case is:
			vars[strings.TrimSuffix(name, "}")] = value
		}
	}
	return vars, len(vars) > 0
}

// lastOf returns the value of a path's last placeholder if it ends the path, since that is what is
// read; or of orderId, which precedes what is read of an order.
func lastOf(path string, vars map[string]string) string {
	if id, ok := vars["orderId"]; ok {
		return id
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	return vars[strings.Trim(last, "{}")]
}
