package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

//go:embed labels.example.json
var exampleLabels []byte

// labelSettings reads what stands on all labels, and the contracts with carriers by the layouts'
// names. Only the demo has settings without a file; without them labels are refused, because they
// have no sender.
func labelSettings(o options) (cfg label.Config, accounts map[string]label.Account, err error) {
	var data []byte
	switch {
	case o.labels != "":
		if data, err = os.ReadFile(o.labels); err != nil {
			return cfg, nil, err
		}
	case o.demo:
		data = exampleLabels
	default:
		return cfg, nil, nil
	}
	var settings struct {
		Sender   order.Party              `json:"sender"`
		Contents string                   `json:"contents"`
		Phone    string                   `json:"phone"`
		Replace  map[string]string        `json:"replace"`
		Accounts map[string]label.Account `json:"accounts"`
	}
	if err := json.Unmarshal(data, &settings); err != nil {
		return cfg, nil, fmt.Errorf("%s: %w", o.labels, err)
	}
	cfg = label.Config{Sender: settings.Sender, Contents: settings.Contents, Phone: settings.Phone,
		Replace: settings.Replace}
	return cfg, settings.Accounts, nil
}
