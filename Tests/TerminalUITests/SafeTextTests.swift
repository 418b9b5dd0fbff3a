import TerminalUI
import Testing

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("\u{1B}[31mred", "␛[31mred"), ("\u{1B}]52;c;aGk=\u{7}", "␛]52;c;aGk=␇"),
    ("a\tb\r\nc", "a␉b␍␊c"),
    ("\0\u{1F}\u{7F}", "␀␟␡"), ("\u{80}\u{9B}2J", "��2J"), ("\u{202E}gpj.exe\u{202C}", "�gpj.exe�"),
    ("\u{2066}x\u{2069}", "�x�"), ("\u{200B}\u{200E}\u{FEFF}", "���"),
    ("a\u{2028}b\u{2029}", "a�b�"),
    ("so\u{AD}ft", "so�ft"), ("\u{3164}\u{115F}", "��"), ("a\u{FE0F}\u{E0100}", "a��"),
    ("\u{E0041}\u{E007F}", "��"), ("🏴\u{E0067}x", "🏴�x"), ("\u{200D}🦀\u{200D}x", "�🦀�x"),
    ("\u{301}x", "◌\u{301}x"), ("\u{1161}", "�"), ("plain é 日本 🦀", "plain é 日本 🦀"),
  ])
  func `what a terminal would obey or hide is shown instead`(text: String, shown: String) {
    #expect(SafeText(text).string == shown)
  }

  @Test func `bytes that are no UTF-8 are shown as replacements`() {
    let text = String(decoding: [0x61, 0xFF, 0xC0, 0x80, 0x62] as [UInt8], as: UTF8.self)
    #expect(SafeText(text).string == "a\u{FFFD}\u{FFFD}\u{FFFD}b")
  }

  @Test func `no scalar of any text comes out as a control or format character`() {
    for value in Array(UInt32(0)...0x1FFFF) + Array(0xE0000...0xE0FFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for glyph in SafeText(String(Character(scalar))) {
        for shown in glyph.character.unicodeScalars {
          switch shown.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate:
            Issue.record("U+\(String(value, radix: 16)) comes out as \(shown.debugDescription)")
            return
          default: break
          }
        }
      }
    }
  }

  @Test func `a glyph carries no more marks than a terminal takes`() {
    let glyphs = Array(SafeText("e" + String(repeating: "\u{301}", count: 20)))
    #expect(glyphs.first?.character.unicodeScalars.count == 1 + SafeText.maximumMarks)
    #expect(
      glyphs.allSatisfy { $0.character.unicodeScalars.count <= 1 + SafeText.maximumMarks + 1 })
  }

  @Test func `a family of any size is bounded`() {
    let family = String(repeating: "👩\u{200D}", count: 1000) + "👩"
    #expect(SafeText(family).allSatisfy { $0.character.unicodeScalars.count <= 32 })
  }
}
