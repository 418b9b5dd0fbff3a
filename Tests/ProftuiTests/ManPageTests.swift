import Foundation
import Testing

@testable import proftui

@Suite struct `The man page` {
  private let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("man/proftui.1")

  @Test func `says what the registries say`() throws {
    let page = try String(contentsOf: file, encoding: .utf8)
    let filled = ManPage.filled(page)
    guard ProcessInfo.processInfo.environment["PROFTUI_RECORD"] == "1" else {
      #expect(page == filled)
      return
    }
    try filled.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("recorded man/proftui.1: read it")
  }

  @Test func `keeps what is written by hand`() {
    let page = """
      .Sh FORMATS
      .\\" BEGIN FORMATS
      out of date
      .\\" END FORMATS
      and so on

      """
    let filled = ManPage.filled(page)
    #expect(filled.hasPrefix(".Sh FORMATS\n.\\\" BEGIN FORMATS\n"))
    #expect(filled.hasSuffix("\n.\\\" END FORMATS\nand so on\n"))
    #expect(filled.contains("pprof"))
    #expect(!filled.contains("out of date"))
  }

  @Test func `fills every part that it marks`() throws {
    let page = try String(contentsOf: file, encoding: .utf8)
    for part in ["OPTIONS", "REPORTS", "FORMATS", "WRITERS"] {
      let pieces = page.components(separatedBy: ".\\\" BEGIN \(part)\n")
      try #require(pieces.count == 2)
      #expect(!pieces[1].hasPrefix(".\\\" END"))
    }
  }
}
