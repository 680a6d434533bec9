package timeslot_test

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jpmall/jpmall/timeslot"
)

func ExampleReader() {
	for _, label := range []string{"１４時〜１６時", "午前中(9時-12時)", "20時以降", "指定なし", "14時～16時以外"} {
		match, ok := timeslot.Read(timeslot.Reader{}, timeslot.Label{Text: label})
		fmt.Println(label, ok, match.Slot)
	}
	// Output:
	// １４時〜１６時 true 14:00-16:00
	// 午前中(9時-12時) true 09:00-12:00
	// 20時以降 true 20:00-
	// 指定なし true none
	// 14時～16時以外 false
}

func ExampleChain() {
	table, err := timeslot.LoadCSV("shop.csv", strings.NewReader("label,slot,mall\nおひさま便,am,rakuten\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var unread timeslot.Collector
	m := timeslot.Chain(table, timeslot.Default(), &unread)
	for _, text := range []string{"おひさま便", "18～20時", "ほし便"} {
		match, _ := timeslot.Read(m, timeslot.Label{Text: text, Mall: "rakuten"})
		fmt.Printf("%s: %q (%s/%s)\n", text, match.Slot, match.Matcher, match.Rule)
	}
	fmt.Println(unread.Labels()[0].Label.Text, "is still to be taught")
	// Output:
	// おひさま便: "am" (shop.csv/line 2)
	// 18～20時: "18:00-20:00" (reader/from-to)
	// ほし便: "" (/)
	// ほし便 is still to be taught
}

func ExampleFind() {
	found, _ := timeslot.Find("[配送日時指定：]\n2026-06-06(土)\n14:00〜16:00\n\n[備考：]\nのし希望です。")
	match, _ := timeslot.Read(timeslot.Default(), timeslot.Label{Text: found.Text, Mall: "rakuten"})
	fmt.Println(found.Date, found.Text, "on line", found.Line, "is", match.Slot)
	// Output: 2026-06-06 14:00〜16:00 on line 3 is 14:00-16:00
}

func ExampleSoftware_Code() {
	slot, _ := timeslot.Parse("20:00-21:00")
	day := timeslot.Date{Year: 2024, Month: 10, Day: 1}
	_, err := timeslot.YuPri.Code(slot, day)
	fmt.Println(err)
	if refusal, ok := errors.AsType[*timeslot.NotOfferedError](err); ok {
		code, _ := timeslot.YuPri.Code(refusal.Nearest[0], day)
		fmt.Println(code.Text, code.Label)
	}
	// Output:
	// timeslot: yupri does not offer 20:00-21:00 on 2024-10-01 (offered until 2024-09-30); nearest: 19:00-21:00, 18:00-20:00
	// 57 19時頃～21時頃
}

func ExampleResolver() {
	r := timeslot.Resolver{
		Matcher:  timeslot.Default(),
		Software: map[timeslot.Carrier]timeslot.Software{timeslot.Sagawa: timeslot.EHiden3Six},
	}
	day := timeslot.Date{Year: 2026, Month: 6, Day: 6}
	for _, text := range []string{"１８時～２０時", "夜間", "おひさま便"} {
		res, err := r.Resolve(timeslot.Label{Text: text}, day, timeslot.Sagawa)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(res.Slot, "is code", res.Code.Text, "with seal", res.Code.Seal)
	}
	// Output:
	// 18:00-20:00 is code 18 with seal 025
	// timeslot: ehiden3-6 does not offer night on 2026-06-06; nearest: 18:00-20:00, 19:00-21:00
	// timeslot: the slot label could not be read
}

func ExampleCollector() {
	var unread timeslot.Collector
	for _, order := range []string{"example-1", "example-2"} {
		unread.Add(timeslot.Label{Text: "おひさま便", Mall: "yahoo"}, order)
	}
	if err := unread.WriteJSON(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [
	//   {
	//     "label": "おひさま便",
	//     "slot": "",
	//     "mode": "exact",
	//     "mall": "yahoo",
	//     "count": 2,
	//     "orders": [
	//       "example-1",
	//       "example-2"
	//     ]
	//   }
	// ]
}
