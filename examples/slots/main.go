// Slots reads delivery slot labels as the malls deliver them and prints what they mean: the slot,
// the carrier's code, and the rule that read it. Labels that could not be read come last, with the
// number of times they occurred: a shop needs its own rules for them.
//
//	go run ./examples/slots < labels.txt                       one label a line
//	go run ./examples/slots -csv 配送時間帯 orders.csv           a column of a CSV file (UTF-8 or Shift_JIS)
//	go run ./examples/slots -rules rules.csv -software ehiden3-6 < labels.txt
//	go run ./examples/slots -tsv < labels.txt                  only label, slot (? if unresolved), code and rule
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "slots:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	rules, csv, carrier, software, day string
	// mall, shop and method that rules may ask for
	label timeslot.Label
	tsv   bool
	file  string
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("slots", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.rules, "rules", "",
		"your own rules, a .csv or .json `file`; they are tried before the built-in reader")
	flags.StringVar(&o.csv, "csv", "",
		"read this `column` of CSV input, by title or number")
	flags.StringVar(&o.carrier, "carrier", string(timeslot.Yamato),
		"the `carrier` whose code to print")
	flags.StringVar(&o.software, "software", "",
		"the label `software` whose code to print; required for sagawa (ehiden3-5, ehiden3-6, …)")
	flags.StringVar(&o.day, "day", "",
		"the delivery `date`, YYYY-MM-DD; by default the newest tables are used")
	flags.StringVar(&o.label.Mall, "mall", "", "the `mall`, for rules that depend on it")
	flags.StringVar(&o.label.Shop, "shop", "", "the `shop`, for rules that depend on it")
	flags.StringVar(&o.label.Method, "method", "", "the delivery `method`, for rules that depend on it")
	flags.BoolVar(&o.tsv, "tsv", false,
		"print only label, slot, code and rule of each line, separated by tabs")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 1 {
		return o, errors.New("want one input file at most")
	}
	o.file = flags.Arg(0)
	return o, nil
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	r, err := newReader(o, stderr)
	if err != nil {
		return err
	}
	in := stdin
	if o.file != "" {
		f, err := os.Open(o.file)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	out := bufio.NewWriter(stdout)
	if o.csv != "" {
		err = eachCell(in, o.csv, func(label string) { r.read(label, out) })
	} else {
		err = eachLine(in, func(label string) { r.read(label, out) })
	}
	if err == nil && !o.tsv {
		r.summary(out)
	}
	return errors.Join(err, out.Flush())
}

// reader reads labels and keeps count.
type reader struct {
	options
	resolver timeslot.Resolver
	day      timeslot.Date
	carrier  timeslot.Carrier
	unread   timeslot.Collector
	counts   map[string]int
	order    []string // distinct labels as they came, for the table
	found    map[string]row
}

type row struct{ slot, code, rule string }

func newReader(o options, stderr io.Writer) (*reader, error) {
	r := &reader{options: o, carrier: timeslot.Carrier(o.carrier), counts: map[string]int{},
		found: map[string]row{}}
	var err error
	if r.day, err = order.ParseDate(o.day); err != nil {
		return nil, err
	}
	if o.software != "" {
		software := timeslot.Software(o.software)
		if !software.Known() {
			return nil, fmt.Errorf("label software %q is not known", o.software)
		}
		r.carrier = software.Carrier()
		r.resolver.Software = map[timeslot.Carrier]timeslot.Software{r.carrier: software}
	}
	if !r.carrier.Known() {
		return nil, fmt.Errorf("carrier %q is not known", o.carrier)
	}
	r.resolver.Matcher = timeslot.Default()
	if o.rules != "" {
		table, err := loadRules(o.rules)
		if err != nil {
			return nil, err
		}
		for _, w := range table.Warnings() {
			fmt.Fprintln(stderr, "slots:", w)
		}
		r.resolver.Matcher = timeslot.Chain(table, timeslot.Default())
	}
	return r, nil
}

func loadRules(file string) (*timeslot.Table, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if strings.EqualFold(filepath.Ext(file), ".json") {
		return timeslot.LoadJSON(filepath.Base(file), f)
	}
	return timeslot.LoadCSV(filepath.Base(file), f)
}

// read reads one label: in the form for machines it is printed at once, in the form for people it
// is counted.
func (r *reader) read(text string, out io.Writer) {
	label := r.label
	label.Text = text
	found := r.resolve(label)
	if r.tsv {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", text, found.slot, found.code, found.rule)
		return
	}
	if r.counts[text]++; r.counts[text] == 1 {
		r.order = append(r.order, text)
		r.found[text] = found
	}
	if found.slot == unresolved {
		r.unread.Add(label, "")
	}
}

const unresolved = "?"

// resolve returns slot, code and rule as text. A slot for which there is no code keeps its place:
// the code is then "?", never empty, for an empty one would print a label without a slot.
func (r *reader) resolve(label timeslot.Label) row {
	res, err := r.resolver.Resolve(label, r.day, r.carrier)
	if errors.Is(err, timeslot.ErrUnresolved) {
		return row{unresolved, "", ""}
	}
	found := row{slot: res.Match.Slot.String(), code: res.Code.Text,
		rule: res.Match.Matcher + "/" + res.Match.Rule}
	if err != nil {
		found.code = unresolved
	}
	return found
}

// summary prints the table for people: what was read, then what was not.
func (r *reader) summary(out io.Writer) {
	for _, text := range r.order {
		if f := r.found[text]; f.slot != unresolved {
			fmt.Fprintf(out, "%6d  %-12s %-6s %-24s %s\n", r.counts[text], f.slot, f.code, f.rule,
				text)
		}
	}
	labels := r.unread.Labels()
	if len(labels) == 0 {
		return
	}
	fmt.Fprintf(out, "\nCould not be read (%d):\n", len(labels))
	for _, u := range labels {
		fmt.Fprintf(out, "%6d  %s\n", u.Count, u.Label.Text)
	}
}
