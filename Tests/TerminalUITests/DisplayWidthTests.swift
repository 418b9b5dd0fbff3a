import TerminalUI
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("main.go", 7), ("é", 1), ("e\u{301}", 1), ("naïve.café·résumé", 17),
    ("日本語", 6), ("ｆｕｌｌ", 8), ("ﾊﾝ", 2), ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("🦀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("❤️", 2), ("❤", 1), ("❤︎", 1), ("1️⃣", 2), ("🇩🇪", 2),
    ("🇩🇪🇫🇷", 4), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("☝🏽", 2), ("⛓️‍💥", 2), ("─│▾", 3), ("α±°", 3), ("नि", 2), ("\u{E0B0}", 1),
  ])
  func `a text takes the columns a terminal gives it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test(arguments: [
    "\u{1B}", "\n", "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{301}", "\u{AD}",
  ])
  func `what is not shown as it is takes the column of what is shown`(text: String) {
    #expect(DisplayWidth.of(text) == 1)
  }

  @Test func `every glyph takes one or two columns and is one character`() {
    for value in Array(UInt32(0)...0x1FFFF) + Array(0xE0000...0xE0FFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let glyphs = Array(SafeText("a\(Character(scalar))"))
      let width = glyphs.reduce(0) { $0 + $1.width }
      guard glyphs.allSatisfy({ (1...2).contains($0.width) }), (1...3).contains(width) else {
        Issue.record("U+\(String(value, radix: 16)) makes \(glyphs)")
        return
      }
    }
  }

  @Test func `measuring up to a limit stops past it`() {
    #expect(DisplayWidth.of("日本語", upTo: 3) == 4)
    #expect(DisplayWidth.fits("日本", 4))
    #expect(!DisplayWidth.fits("日本", 3))
    #expect(!DisplayWidth.fits("", -1))
  }
}
