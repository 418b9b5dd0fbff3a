import TerminalUI
import Testing

@Suite struct TextFittingTests {
  @Test func `padding fills up and never cuts`() {
    #expect(TextFitting.padded("日本", to: 6) == "日本  ")
    #expect(TextFitting.padded("42", to: 5, .right) == "   42")
    #expect(TextFitting.padded("2790000000", to: 4, .right) == "2790000000")
    #expect(TextFitting.padded("x", to: -1) == "x")
  }

  @Test(arguments: [
    (10, "abcdefghij"), (9, "abcd…ghij"), (5, "ab…ij"), (4, "a…ij"), (3, "a…j"), (2, "a…"),
    (1, "…"),
    (0, ""), (-1, ""),
  ])
  func `a text is shortened in its middle`(width: Int, expected: String) {
    #expect(TextFitting.shortenedMiddle("abcdefghij", to: width) == expected)
  }

  @Test(arguments: 0...20, ["日本語のなまえです", "a🦀b👩‍👩‍👧‍👦cde\u{301}f🇩🇪g", "\u{1B}\u{1B}\u{1B}abc"])
  func `nothing shortened is wider than asked for`(width: Int, text: String) {
    for ellipsis in ["…", ".."] {
      for short in [
        TextFitting.shortenedMiddle(text, to: width, ellipsis: ellipsis),
        TextFitting.shortenedEnd(text, to: width, ellipsis: ellipsis),
        TextFitting.shortenedName(text, to: width, ellipsis: ellipsis),
        TextFitting.prefix(of: text, width: width), TextFitting.suffix(of: text, width: width),
      ] {
        #expect(DisplayWidth.of(short) <= width, "\(short)")
      }
    }
  }

  @Test(arguments: [
    (60, "github.com/a/b/pkg.(*T[go.shape.struct{ x int }]).M"),
    (40, "github.com/a/b/pkg.(*T[…]).M"),
    (20, "pkg.(*T[…]).M"), (9, "pkg.…]).M"),
  ])
  func `a name loses its type arguments, then its path, then its middle`(width: Int, shown: String)
  {
    let name = "github.com/a/b/pkg.(*T[go.shape.struct{ x int }]).M"
    #expect(TextFitting.shortenedName(name, to: width) == shown)
  }

  @Test(arguments: [
    ("main.f[", "ma…f[", 5), ("a]b[c]d", "a…d", 3), ("x/y/", "x…/", 3), ("m[[a]b]n", "m[…]n", 6),
    ("f(a/b)", "f…b)", 4), ("std::vector<a/b>::push", "std…ush", 7),
    ("[libc.so.6]", "[li…o.6]", 8), ("[[vdso]]", "[[…o]]", 6),
  ])
  func `names of other shapes are shortened too`(name: String, shown: String, width: Int) {
    #expect(TextFitting.shortenedName(name, to: width) == shown)
  }

  @Test func `a name of many megabytes is shortened at once`() {
    let name = "start" + String(repeating: "e\u{301}", count: 5_000_000) + "end"
    #expect(TextFitting.shortenedName(name, to: 7) == "sta…end")
  }

  @Test func `tabs go to the next stop`() {
    #expect(TextFitting.expandingTabs("\t\tx") == String(repeating: " ", count: 16) + "x")
    #expect(TextFitting.expandingTabs("ab\tc\t", stop: 4) == "ab  c   ")
    #expect(TextFitting.expandingTabs("日\tx", stop: 4) == "日  x")
    #expect(TextFitting.expandingTabs("none") == "none")
  }
}
