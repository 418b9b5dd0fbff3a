import GoBinary
import ProfileModel
import TestSupport
import Testing

@testable import EscapeAnalysis

@Suite struct SourceLineEvidenceTests {
  /// What the last line of a file, without a mark of its own, is claimed to allocate.
  private func cause(
    _ text: String, size: UInt64 = 0, among others: Set<UInt64>? = nil, function: String = "main.f",
    startLine: Int64 = 0
  ) -> EscapeCause? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    var evidence = SourceLineEvidence { _ in lines }
    let place = SourceLineEvidence.Place(
      function: function, file: "a.go", line: Int64(lines.count), startLine: startLine)
    return evidence.constructs(at: place)?.cause(ofSize: size, among: others ?? [size])
  }

  @Test(
    arguments: [
      ("\tx := make(map[string]int)", .map), ("\tm := map[string]int{\"a\": 1}", .map),
      ("\tc := make(chan int, 3)", .chan), ("\tb := make([]byte, n+1)", .slice),
      ("\txs = append(xs, x)", .append), ("\tp := &Order{ID: 1}", .new),
      ("\treturn new(Order)", .new), ("\tgo run(x) // append(xs, 1)", .closure),
      ("\tfmt.Println(x)", nil), ("\tm[key] = value", .mapgrow), ("\ts := string(b)", .string),
      ("\tb := []byte(s)", .bytes), ("\txs = append(xs, &Order{ID: 1})", nil), ("", nil),
      ("\turl := \"http://x\" + path", .string), ("\tconst url = \"a\" + \"b\"", nil),
      ("\trow := []int{", .array), ("\tp := new([8]int)", .array), ("\tch <- v", .wait),
      ("\tselect {", .wait), ("\tx := `open", nil), ("\tx /* y", nil),
    ] as [(String, EscapeCause?)])
  func `a line tells the cause where it has one construct`(line: String, cause: EscapeCause?) {
    #expect(self.cause(line) == cause)
  }

  @Test(
    arguments: [
      ("func f(a, b string) string {\n\treturn a + b", .string),
      ("func f(a, b int) any {\n\treturn a + b", nil),
      ("func f(a, b T) any {\n\treturn a + b", nil),
      ("func f(xs []T) any {\n\treturn len(xs) + x", nil),
      ("func f(n int) any {\n\ts := strconv.Itoa(n)\n\treturn s + t", .string),
      ("func f(n int) any {\n\tvar s string\n\treturn t + s", .string),
      ("func f() {\n\tfor i := range names {\n\t\tg(i, t+u)", nil),
      ("const prefix = \"p\"\nfunc f(k T) {\n\ts := prefix + k", .string),
      ("type T struct {\n\tname string\n}\nfunc (t *T) f() {\n\ts := t.name + x", .string),
      ("type T struct {\n\tn int\n}\nfunc (t *T) f(x U) {\n\ty := t.n + g(x)", nil),
      ("func f(s string) {\n\tfor _, t := range parts {\n\t\ts += t", .string),
      ("func f(n int) {\n\tn += g(x)", nil),
    ] as [(String, EscapeCause?)])
  func `a sum is one of strings where an operand is known to be one`(
    text: String, cause: EscapeCause?
  ) {
    #expect(self.cause(text) == cause)
  }

  @Test func `a value that is assigned to an element of a map is not what the map grows by`() {
    let block = "var blocks = map[int][200]byte{}\nfunc f(i int) {\n\tblocks[i] = [200]byte{}"
    #expect(cause(block, size: 1792) == .mapgrow)
    #expect(cause("\tc.stats[[2]string{key, \"put\"}]++", size: 400) == .mapgrow)
    let boxes = "var m map[string]any\nfunc f(p T) {\n\tm[k] = [4]int{i, j}"
    #expect(cause(boxes, size: 288) == nil)
    #expect(cause("func f(rows [][]float64) {\n\trows[i] = make([]float64, n)") == .slice)
    #expect(cause("func f(v any) {\n\tm[k] = v", size: 16, among: [16, 288]) == nil)
  }

  @Test func `the size of an object tells it from boxes beside it`() {
    let line = "\tl := &lease{id: i, owner: fmt.Sprint(i)}"
    #expect(cause(line, size: 48, among: [8, 48]) == .new)
    #expect(cause(line, size: 8, among: [8, 48]) == nil)
    #expect(cause(line, size: 48, among: [8, 48, 96]) == nil)
    #expect(cause("\treturn &point{x}", size: 16) == .new)
    #expect(cause("\tbyUser.Store(user, append(ids, id))", size: 24, among: [24, 64]) == nil)
    #expect(cause("\tstore(make(map[string]int))", size: 48, among: [48, 288]) == .map)
    #expect(cause("\tm := map[string]int{\"a\": 1}", size: 208, among: [48, 208]) == .mapgrow)
    #expect(cause("\tm := map[string]int{", size: 2048, among: [48, 2048]) == nil)
    #expect(cause("\tfor m := range ch {\n\t\tx := <-ch", size: 16) == nil)
  }

  @Test func `a variable that a line only declares has moved to the heap`() {
    #expect(cause("func NewWriter(w io.Writer) {\n\tvar dw Writer") == .new)
    #expect(cause("func f() {\n\tvar word [8]byte") == .array)
    #expect(cause("func f() {\n\thits := 0") == .new)
    #expect(cause("func f() {\n\tx := g()") == nil)
    #expect(cause("func f(a *T, n int) {") == .new)
    #expect(cause("func Ptr[T any](v T) *T { return &v }") == .new)
    #expect(cause("func Box[T any](v T) any { return v }") == nil)
    #expect(cause("func f(xs []int) {\n\tfor i, x := range xs {") == .new)
    #expect(cause("func f(seq iter.Seq[int]) {\n\tfor x := range seq {") == nil)
  }

  @Test func `a literal's header is its parent's, and its body its own`() {
    let line = "func leak() {\n\tgo func() { b = []byte(s) }()"
    #expect(cause(line, function: "main.leak") == .closure)
    #expect(cause(line, function: "main.leak.func1", startLine: 2) == .bytes)
    // Which of the two is meant is not told where the profile does not know where functions begin.
    #expect(cause(line, function: "main.leak.func1") == nil)
    let inner = "func f() {\n\tgo func() {\n\t\tdefer func() {"
    #expect(cause(inner, function: "main.f.func1", startLine: 2) == .closure)
  }

  @Test func `a named type is what the file says it is`() {
    #expect(cause("type Header map[string][]string\nfunc f() {\n\th := make(Header, n)") == .map)
    #expect(cause("func f() {\n\th := make(Header, n)") == nil)
    #expect(cause("type Row []int\nfunc f() {\n\th := make(Row, n)") == .slice)
  }

  @Test func `what the runtime allocates in a call is not told by the line`() {
    #expect(cause("\tframes := runtime.CallersFrames([]uintptr{addr})") == nil)
  }

  @Test func `a line that rests on itself ends`() {
    let text = "func f() {\n" + String(repeating: "\ta := b + c + d\n\tb := a + c\n", count: 400)
    #expect(cause(text + "\tx := a + b") == nil)
  }
}
