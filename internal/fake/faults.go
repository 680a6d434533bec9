package fake

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"sync"

	"github.com/jpmall/jpmall/order/ordertest"
)

// Faults decides which call meets which fault. The zero Faults injects none.
type Faults struct {
	Script ordertest.Script

	mu     sync.Mutex
	chaos  Chaos
	dice   map[string]*rand.Rand // by operation
	streak map[string]int        // random faults in a row, by operation
}

// Add appends faults to the script; see ordertest.Script.
func (f *Faults) Add(faults ...Fault) error {
	if err := f.Script.Add(faults...); err != nil {
		return fmt.Errorf("fake: %w", err)
	}
	return nil
}

// Clear removes all faults, scripted and random.
func (f *Faults) Clear() {
	f.Script.Clear()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.chaos, f.dice, f.streak = Chaos{}, nil, nil
}

// Pending returns how many scripted faults have strikes left. A test that ends with some has not
// tested them.
func (f *Faults) Pending() int { return f.Script.Pending() }

// Chaos strikes at random but reproducibly: Seed alone determines which calls of an operation are
// struck, and by what, however the calls of different operations interleave.
type Chaos struct {
	Seed   uint64
	Rate   float64 // share of calls that are struck, 0 to 1
	Faults []Fault // one of them is drawn; their Times, After and Every are ignored
	Streak int     // most strikes in a row on one operation; 0 is no limit
}

// Random sets random faults, which strike calls that no scripted fault strikes. A Rate of 0 ends
// them.
func (f *Faults) Random(c Chaos) error {
	if !(c.Rate >= 0 && c.Rate <= 1) {
		return fmt.Errorf("fake: the rate of random faults must be between 0 and 1, not %v", c.Rate)
	}
	if c.Rate > 0 && len(c.Faults) == 0 {
		return errors.New("fake: random faults need at least one fault to draw from")
	}
	for _, one := range c.Faults {
		if err := one.Check(); err != nil {
			return fmt.Errorf("fake: %w", err)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c.Faults = append([]Fault(nil), c.Faults...)
	f.chaos, f.dice, f.streak = c, make(map[string]*rand.Rand), make(map[string]int)
	return nil
}

// take returns the fault that strikes this call of the operation, if any.
func (f *Faults) take(operation string) (Fault, bool) {
	if f == nil {
		return Fault{}, false
	}
	if hit, ok := f.Script.Next(operation); ok {
		return hit, true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.draw(operation)
}

func (f *Faults) draw(operation string) (Fault, bool) {
	if f.chaos.Rate == 0 {
		return Fault{}, false
	}
	dice := f.dice[operation]
	if dice == nil {
		name := fnv.New64a()
		name.Write([]byte(operation))
		dice = rand.New(rand.NewPCG(f.chaos.Seed, name.Sum64()))
		f.dice[operation] = dice
	}
	strikes, which := dice.Float64() < f.chaos.Rate, dice.IntN(len(f.chaos.Faults))
	fault := f.chaos.Faults[which]
	if !strikes || (fault.Operation != "" && fault.Operation != operation) ||
		(f.chaos.Streak > 0 && f.streak[operation] >= f.chaos.Streak) {
		f.streak[operation] = 0
		return Fault{}, false
	}
	f.streak[operation]++
	return fault, true
}
