// Package label writes the files from which the carriers' own software prints labels (送り状), and reads the files in
// which the tracking numbers come back. It knows no HTTP.
//
//	Layout    what a tool reads, as data: columns, widths, codes. B2, EHiden3, YuPri, ClickPost,
//	          KangarooMagic2; ParseLayout and FromSample for one of your own
//	Writer    makes of each parcel of the orders a Label or a Refusal: NewWriter, Writer.Labels, Batch.Files
//	Plan      what the shop decides about a parcel: service, boxes, cool, sender, contents, cash
//	Reason    why a label was refused, by field, in two languages; Config.Allow overrules by name
//	KeyStore  leads from a label's key back to its parcel: NewMemory, OpenFile, or a table of your own
//	Reader    makes of each row of a return file a part of an Arrival or a RowProblem: NewReader,
//	          Reader.Read, Back.Tasks, Reader.Keep
//
// # Out
//
// A label is refused before a byte is written when it would be wrong: a slot that the carrier does not offer on that
// day, a slot label that nobody could read, a date in the past, a wish on a service that has none, an order that is
// cancelled, unpaid, on hold or shipped, a missing postal code, telephone number or sender. The other labels go on;
// Batch counts every parcel once.
//
// Nothing is cut and nothing becomes a question mark. Text is composed (NFC; the compatibility ideographs in people's
// names stay), dashes, tildes and spaces go through a closed table, and what the encoding lacks is named and refused,
// or replaced by the shop's own table. Names, addresses and contents are laid over the columns that they may use at
// places where something ends: behind the municipality (by Japan Post's list), before the building, at blanks; never
// inside a number or a name. Put together again they are the text, but for the blanks at breaks and, where a tool wants
// it so, full-width characters. What does not fit is refused with text and limit.
//
// A cell that a spreadsheet would run as a formula gets a "・" in front, which does no harm on a label. Do not open the
// files in a spreadsheet all the same: it takes the leading zeros.
//
// # Back
//
// Labels carry a short key of 12 letters and digits, always the same for the same parcel. クリックポスト returns no key: its
// rows are found by postal code, name and contents, or by Config.KeyInContents. Check digits are verified; what a
// spreadsheet has rounded, what fits nobody or several, and what came back before is a RowProblem and never guessed.
//
// # Sure and not sure
//
// The carriers' documents are behind logins. What is printed here stands in their documents or in running code of
// others, except: the meaning of V3 of ゆうパックプリントR is one program's, written from the tool itself; widths of
// カンガルー・マジックII's 記事 are assumed; and where a tool takes several codes by contract (決済種別, slip types of ゆうプリR) the
// layout leaves it to the shop. Import one file and look before you rely on it; every layout can be changed.
package label
