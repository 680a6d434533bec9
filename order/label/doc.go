// Package label writes the files from which the carriers' own software prints shipping labels
// (送り状), and reads the files in which that software returns the tracking numbers. It does no HTTP.
//
//	Layout    the file format of a tool: B2, EHiden3, YuPri, ClickPost, KangarooMagic2;
//	          ParseLayout and FromSample for your own
//	Writer    makes a Label or a Refusal of each parcel: NewWriter, Writer.Labels, Batch.Files
//	Plan      what the shop decides about a parcel: service, boxes, cool, sender, contents, cash
//	Reason    why a label was refused, in two languages; Config.Allow overrules some by code
//	KeyStore  finds the parcel of a label's key: NewMemory, OpenFile, or your own table
//	Reader    makes an Arrival or a RowProblem of each row of a return file: NewReader,
//	          Reader.Read, Back.Tasks, Reader.Keep
//
// # Writing labels
//
// A label that would be wrong is refused, and no row is written for it. Reasons are, among others,
// a slot that the carrier does not offer on that day, a slot label that could not be read, a date
// in the past, a date or slot on a service without them, an order that is cancelled, unpaid, on
// hold or shipped, and a missing postal code, telephone number or sender. Other parcels are not
// affected. A Batch lists every parcel exactly once.
//
// Text is never cut, and no character becomes a question mark. Text is composed (NFC, except for
// compatibility ideographs, which occur in names), and dashes, tildes and spaces are mapped by a
// fixed table. A character that the encoding lacks is refused, or replaced if [Config.Replace] has
// it. Names, addresses and contents are divided among the columns at natural breaks: after the
// municipality (by Japan Post's list), before the building, at spaces; never inside a number or a
// name. Joined again, the columns are the text, except for spaces at breaks and full-width
// characters where a tool requires them. Text that does not fit is refused, with the text and the
// limit.
//
// A cell that a spreadsheet would run as a formula is prefixed with "・", which does no harm on a
// label. Still, do not open the files in a spreadsheet: it drops leading zeros.
//
// # Reading tracking numbers
//
// Labels carry a key of 12 letters and digits, always the same for the same parcel. クリックポスト
// returns no key: its rows are found by postal code, name and contents, or by
// [Config.KeyInContents]. Check digits are verified. A number rounded by a spreadsheet, a row that
// fits no parcel or several, and a row of an earlier file are each a [RowProblem]; nothing is
// guessed.
//
// # What is uncertain
//
// The carriers' documents require a login. The layouts follow those documents or programs in use,
// except: the meaning of the V3 columns of ゆうパックプリントR comes from one program, written against the
// tool itself; the widths of 記事 in カンガルー・マジックII are assumed; and where a code depends on the
// contract (決済種別, slip types of ゆうプリR), the layout leaves it to the shop. Import one file and
// check it before you rely on a layout; every layout can be changed.
package label
