import CNcurses
import Foundation
import TerminalUI
import Testing

@testable import NcursesTerminal

/// What of the target needs no terminal.
@Suite struct NcursesTerminalValueTests {
  @Test(arguments: 0...10)
  func `a text is told to the clipboard in base64`(count: Int) throws {
    let text = String("é\u{1B}\u{0}xyz日本.main".prefix(count))
    let sequence = try #require(Clipboard.sequence(for: text))
    let expected = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    #expect(String(decoding: sequence, as: UTF8.self) == expected)
  }

  @Test func `two presses at one place soon after each other are a double one`() {
    var mouse = MouseDecoder()
    let place = GridPoint(row: 1, column: 1)
    let button = mmask_t(CN_BUTTON1_PRESSED)
    func press(_ milliseconds: Int, _ position: GridPoint) -> MouseEvent.Action? {
      mouse.event(buttons: button, at: position, time: .milliseconds(milliseconds))?.action
    }
    #expect(press(0, place) == .press)
    #expect(press(300, place) == .doublePress)
    #expect(press(500, place) == .press)
    #expect(press(1000, place) == .press)
    #expect(press(1100, GridPoint(row: 1, column: 2)) == .press)
    #expect(mouse.event(buttons: 0, at: place, time: .zero) == nil)
  }

  @Test(arguments: [
    (8, false, ColorDepth.eight), (16, false, .sixteen), (88, false, .sixteen),
    (256, false, .twoHundredFiftySix), (16_777_216, true, .direct), (0, false, .none),
    (-1, false, .none),
    (2, false, .none),
  ])
  func `a terminal has the colours it says`(colors: Int32, isDirect: Bool, depth: ColorDepth) {
    #expect(ColorDepth(colors: colors, isDirect: isDirect) == depth)
  }

  @Test func `colours are given by red, green and blue where there is no palette`() {
    #expect(TerminalColor(16, 0, 0).index(.direct) == 0)
    #expect(TerminalColor(196, 9, 1).index(.direct) == 0xFF0000)
    #expect(TerminalColor(231, 15, 7).index(.direct) == 0xFFFFFF)
    #expect(TerminalColor(208, 11, 3).index(.direct) == 0xFF8700)
    #expect(TerminalColor(232, 0, 0).index(.direct) == 0x080808)
    #expect(TerminalColor(208, 11, 3).index(.sixteen) == 11)
    #expect(TerminalColor(208, 11, 3).index(.eight) == 3)
    #expect(TerminalColor(208, 11, 3).index(.none) == -1)
  }

  @Test func `every error says what to do in a line`() {
    let errors: [NcursesTerminalError] = [
      .noTerminal, .termNotSet, .unknownTerm("x"), .tooLimited("dumb"), .alreadyOpen,
      .system("pipe", errno: EMFILE),
    ]
    for error in errors {
      #expect(!error.description.isEmpty && !error.description.contains("\n"))
    }
  }

  @Test func `colours are written as names, numbers and hexadecimal, with attributes`() throws {
    #expect(try ColorWords.paint("bold red") == Paint(.bold, TerminalColor(1, 1, 1)))
    #expect(try ColorWords.paint("black on 226").background?.index(.twoHundredFiftySix) == 226)
    #expect(try ColorWords.paint("default blue").foreground == nil)
    #expect(try ColorWords.paint("underline") == Paint(.underline))
    let orange = try #require(try ColorWords.paint("#ffaf5f").foreground)
    #expect(orange.index(.twoHundredFiftySix) == 215)
    #expect(orange.index(.direct) == 0xFFAF5F)
    #expect(try ColorWords.paint("#ff0000").foreground?.index(.sixteen) == 9)
    #expect(try ColorWords.paint("#0000ff").foreground?.index(.eight) == 4)
    #expect(try ColorWords.paint("196").foreground?.index(.eight) == 1)
    for word in ["256", "-1", "#12345", "#gggggg", "pink-ish", "red green blue", "+5"] {
      #expect(ColorWords.problem(word) != nil, "\(word)")
    }
  }

  @Test func `a colour that the user chose is the role's, and attributes are without colours too`()
    throws
  {
    let choice = try ColorWords.paint("underline 208")
    let coloured = Palette(theme: .default, hasColors: true, choices: [.hot: choice])
    #expect(coloured.paint(Style(.hot)) == choice)
    let plain = Palette(theme: .default, hasColors: false, choices: [.hot: choice])
    #expect(plain.paint(Style(.hot)) == Paint(.underline))
  }
}
