import TerminalUI
import Testing

@Suite struct KeyNameTests {
  static let keys: [Key] =
    [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .backspace,
      .tab,
      .backTab, .enter, .escape,
    ] + (1...12).map(Key.function) + "abfklnz".map(Key.control)
    + "@\\]^_".map(Key.control) + "jJ0-^FC<>+é日? ".map(Key.character) + "xX -".map(Key.alt)

  @Test(arguments: keys)
  func `a key is found again by its name`(key: Key) {
    #expect(Key(name: key.name) == key, "\(key.name)")
  }

  @Test(arguments: keys, GlyphSet.all)
  func `a key is found again by its label`(key: Key, glyphs: GlyphSet) {
    #expect(Key(name: key.label(glyphs)) == key, "\(key.label(glyphs))")
  }

  @Test(arguments: [
    ("C-f", Key.control("f")), ("ctrl-F", .control("f")), ("^F", .control("f")), ("M-x", .alt("x")),
    ("Alt-X", .alt("X")), ("pagedown", .pageDown), ("PGDN", .pageDown), ("Return", .enter),
    ("C-m", .enter), ("C-j", .enter), ("C-h", .backspace), ("C-i", .tab), ("C-[", .escape),
    ("space", .character(" ")),
    ("-", .character("-")),
    ("^", .character("^")), ("f5", .function(5)), ("F", .character("F")), ("⏎", .enter),
    ("Del", .delete),
  ])
  func `usual spellings are understood`(name: String, key: Key) {
    #expect(Key(name: name) == key)
  }

  @Test(arguments: [
    "", "xy", "C-", "C-ü", "C-1", "F0", "F99", "F-1", "F+1", "M-", "M-Up", "\u{1B}", "\n",
    "\u{202E}",
  ])
  func `what is no key is refused`(name: String) {
    #expect(Key(name: name) == nil)
  }

  @Test func `labels read as people write them`() {
    #expect(Key.control("n").label(.utf8) == "Ctrl-N")
    #expect(Key.enter.label(.utf8) == "⏎")
    #expect(Key.enter.label(.ascii) == "Enter")
    #expect(Key.backTab.label(.utf8) == "Shift-Tab")
    #expect(Key.control("n").name == "C-n")
  }
}
