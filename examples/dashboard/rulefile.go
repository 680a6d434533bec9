package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/jpmall/jpmall/timeslot"
)

// ruleTable names the table of the rules that people taught here; it stands in
// order.Delivery.Matcher of what it read.
const ruleTable = "dashboard"

// ruleBook is the rule file: JSON as timeslot.LoadJSON reads it, so that any program with this SDK
// can use it. A person may edit it while the program runs. Without a path the rules are kept in
// memory.
type ruleBook struct {
	path string
	// what the shops' clients read slots with: the rules, then what the SDK knows
	slots *timeslot.Live

	mu    sync.Mutex
	table *timeslot.Table
	read  fs.FileInfo // the file as it was read; nil while there is none
	// why the file as it stands now cannot be used: the rules before it still count
	broken error
}

func openRules(path string) (*ruleBook, error) {
	b := &ruleBook{path: path, slots: timeslot.NewLive(timeslot.Default())}
	table, err := timeslot.NewTable(ruleTable)
	if err != nil {
		return nil, err
	}
	b.use(table)
	_, err = b.refresh()
	return b, err
}

// use puts the rules in front of what the SDK reads by itself, for all shops at once.
func (b *ruleBook) use(table *timeslot.Table) {
	b.table = table
	b.slots.Swap(timeslot.Chain(table, timeslot.Default()))
}

// rules returns the table, and why the file cannot be used where that is so.
func (b *ruleBook) rules() (*timeslot.Table, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.table, b.broken
}

// refresh reads the file when it has changed on disk, and reports whether the rules or the fault
// are others now.
func (b *ruleBook) refresh() (changed bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reload()
}

func (b *ruleBook) reload() (changed bool, err error) {
	if b.path == "" {
		return false, nil
	}
	info, err := os.Stat(b.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && b.read == nil:
		return false, nil // it comes with the first rule
	case err == nil && b.read != nil && os.SameFile(info, b.read) &&
		info.ModTime().Equal(b.read.ModTime()) && info.Size() == b.read.Size():
		return false, b.broken
	}
	before := b.broken
	var data []byte
	if err == nil {
		data, err = os.ReadFile(b.path)
	}
	var table *timeslot.Table
	if err == nil {
		b.read = info
		table, err = timeslot.LoadJSON(ruleTable, bytes.NewReader(data))
	}
	if err != nil {
		b.broken = fmt.Errorf("%s: %w", b.path, err)
		return before == nil || before.Error() != b.broken.Error(), b.broken
	}
	b.broken = nil
	b.use(table)
	return true, nil
}

// teach keeps a rule, in the place of one for the same label and scope; one with an unresolved slot
// is forgotten.
func (b *ruleBook) teach(r timeslot.Rule) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := b.reload(); err != nil { // what somebody is writing there is not overwritten
		return err
	}
	all := slices.DeleteFunc(b.table.Rules(), func(old timeslot.Rule) bool {
		return old.Label == r.Label && old.Scope == r.Scope
	})
	if r.Slot.Resolved() {
		all = slices.Insert(all, 0, r) // among rules of one scope the first wins
	}
	table, err := timeslot.NewTable(ruleTable, all...)
	if err != nil {
		return err
	}
	if err := b.save(table); err != nil {
		return err
	}
	b.use(table)
	return nil
}

// save replaces the file as a whole: whoever reads it finds the rules before or those after, also
// after a crash.
func (b *ruleBook) save(table *timeslot.Table) error {
	if b.path == "" {
		return nil
	}
	data, err := table.MarshalJSON()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, data, "", "  "); err != nil { // a person may edit it
		return err
	}
	text.WriteByte('\n')
	temporary, err := os.CreateTemp(filepath.Dir(b.path), filepath.Base(b.path)+".*.tmp")
	if err != nil {
		return err
	}
	_, err = temporary.Write(text.Bytes())
	if err == nil {
		err = temporary.Sync()
	}
	err = errors.Join(err, temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), b.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	b.read, err = os.Stat(b.path)
	return err
}
