package yahoo_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/yahoo"
)

// documents are whole replies: those of testdata and, where JPMALL_PAYLOADS names a folder with the
// mall's own samples, those too.
func documents(t testing.TB) map[string][]byte {
	t.Helper()
	all := make(map[string][]byte)
	folders := []string{"testdata"}
	if folder := os.Getenv("JPMALL_PAYLOADS"); folder != "" {
		folders = append(folders, filepath.Join(folder, "yahoo"))
	}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*.xml"))
		require.NoError(t, err)
		require.NotEmpty(t, files, folder)
		for _, f := range files {
			data, err := os.ReadFile(f)
			require.NoError(t, err)
			all[filepath.Base(f)] = data
		}
	}
	return all
}

// replyFor is the struct that a document is decoded into.
func replyFor(name string) any {
	for prefix, v := range replies() {
		if strings.HasPrefix(name, prefix) {
			return v
		}
	}
	return &yahoo.OrderInfoResponse{}
}

func replies() map[string]any {
	return map[string]any{
		"list": &yahoo.OrderListResponse{}, "orderList": &yahoo.OrderListResponse{}, "orderSplit": &yahoo.OrderSplitResponse{},
		"orderStatusChange": &yahoo.UpdateResponse{}, "orderChange": &yahoo.UpdateResponse{}, "orderCount": &yahoo.OrderCountResponse{},
		"history": &yahoo.OrderChangeHistoryResponse{}, "getStock": &yahoo.StockResponse{}, "setStock": &yahoo.StockResponse{},
	}
}

// Every element of a sample has a place, and what encoding/xml reads is what this package reads.
func TestSamplesDecodeCompletely(t *testing.T) {
	for name, data := range documents(t) {
		t.Run(name, func(t *testing.T) {
			ours := replyFor(name)
			problems, err := wire.XML(data, ours)
			if strings.Contains(name, "malformed") {
				require.ErrorIs(t, err, wire.ErrMalformed)
				return
			}
			require.NoError(t, err)
			if strings.HasPrefix(name, "error") {
				return // its elements are read by the error table: see TestErrors
			}
			if !strings.HasPrefix(name, "broken") {
				require.Empty(t, problems)
			}
			known := make(map[string]bool)
			tags(reflect.TypeOf(ours).Elem(), "", known)
			places := make(map[string]bool)
			for path := range known {
				places[strings.ReplaceAll(path, ">", ".")] = true
			}
			for _, path := range elements(t, data) {
				require.True(t, places[path], "no place for %s", path)
			}
			if len(problems) > 0 {
				return
			}
			theirs := replyFor(name)
			require.NoError(t, xml.Unmarshal(data, theirs))
			require.Equal(t, normal(theirs), normal(ours))
		})
	}
}

// elements lists the paths of all elements with text, below the root.
func elements(t *testing.T, data []byte) []string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	var stack, found []string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			slices.Sort(found)
			return slices.Compact(found)
		}
		require.NoError(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			stack = append(stack, tok.Name.Local)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(bytes.TrimSpace(tok)) == 0 {
				continue
			}
			path := strings.Join(stack[1:], ".")
			found = append(found, path)
		}
	}
}

// normal copies a document without the differences that are meant: an empty element is a missing
// one for this package and a zero for encoding/xml, and white space around texts is dropped.
func normal(v any) any {
	c := reflect.New(reflect.TypeOf(v).Elem()).Elem()
	c.Set(reflect.ValueOf(v).Elem())
	tidy(c)
	return c.Interface()
}

func tidy(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		text := strings.ReplaceAll(v.String(), "\r\n", "\n")
		v.SetString(strings.TrimSpace(strings.ReplaceAll(text, "\r", "\n")))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				tidy(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().IsZero() {
			v.SetZero()
		}
	case reflect.Slice:
		kept := reflect.MakeSlice(v.Type(), 0, v.Len())
		for i := range v.Len() {
			elem := reflect.New(v.Type().Elem()).Elem()
			elem.Set(v.Index(i))
			tidy(elem)
			if !elem.IsZero() {
				kept = reflect.Append(kept, elem)
			}
		}
		if kept.Len() == 0 {
			kept = reflect.Zero(v.Type())
		}
		v.Set(kept)
	}
}

func FuzzOrderInfo(f *testing.F) { fuzz(f, func() any { return &yahoo.OrderInfoResponse{} }) }

func FuzzOrderList(f *testing.F) { fuzz(f, func() any { return &yahoo.OrderListResponse{} }) }

func FuzzUpdate(f *testing.F) { fuzz(f, func() any { return &yahoo.UpdateResponse{} }) }

func FuzzHistory(f *testing.F) { fuzz(f, func() any { return &yahoo.OrderChangeHistoryResponse{} }) }

func FuzzStock(f *testing.F) { fuzz(f, func() any { return &yahoo.StockResponse{} }) }

// fuzz checks a decoder: it never panics, what it decodes without a problem is what encoding/xml
// decodes, and any order that comes out can be converted.
func fuzz(f *testing.F, make func() any) {
	for _, data := range documents(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ours, theirs := make(), make()
		problems, err := wire.XML(data, ours)
		if err != nil {
			return
		}
		if doc, ok := ours.(*yahoo.OrderInfoResponse); ok {
			o := yahoo.Convert(&doc.Order, yahoo.ConvertOptions{})
			require.Equal(t, doc.Order.OrderID, o.ID)
			require.Len(t, o.Parcels, 1)
			require.Len(t, o.Lines(), len(doc.Order.Items))
			_ = o.Reconcile()
		}
		if len(problems) == 0 && xml.Unmarshal(data, theirs) == nil {
			require.Equal(t, normal(theirs), normal(ours))
		}
	})
}
