import TerminalUI
import Testing

@Suite struct GlyphSetTests {
  @Test func `a gauge has its width at every fraction`() {
    for glyphs in GlyphSet.all {
      for step in -10...110 {
        let gauge = glyphs.gauge(fraction: Double(step) / 100, width: 7)
        #expect(DisplayWidth.of(gauge) == 7)
      }
      #expect(DisplayWidth.of(glyphs.gauge(fraction: .nan, width: 3)) == 3)
      #expect(glyphs.gauge(fraction: 0.5, width: -1) == "")
    }
    #expect(GlyphSet.utf8.gauge(fraction: 0.5, width: 3) == "█▌ ")
    #expect(GlyphSet.ascii.gauge(fraction: 0.5, width: 4) == "##..")
    #expect(GlyphSet.utf8.gauge(fraction: 1, width: 2) == "██")
  }

  @Test func `the ASCII set is ASCII`() {
    for child in Mirror(reflecting: GlyphSet.ascii).children {
      switch child.value {
      case let text as String: #expect(text.allSatisfy { $0.isASCII })
      case let character as Character: #expect(character.isASCII)
      case let characters as [Character]: #expect(characters.allSatisfy { $0.isASCII })
      default: Issue.record("what is \(child)?")
      }
    }
  }

  @Test func `both sets take the same columns in trees`() {
    for glyphs in GlyphSet.all {
      for piece in [glyphs.treeBranch, glyphs.treeLastBranch, glyphs.treeStem] {
        #expect(DisplayWidth.of(piece) == 2)
      }
      for piece in [
        glyphs.opened, glyphs.closed, glyphs.sortedAscending, glyphs.cursor, glyphs.grew,
      ] {
        #expect(DisplayWidth.of(piece) == 1)
      }
    }
  }

  @Test func `a hash of any size chooses a flame colour`() {
    #expect(Role.flame(hash: Int.min) == .flame0)
    #expect(Role.flame(hash: 13) == .flame5)
    #expect(Role.flame(hash: -1) == .flame7)
  }
}
