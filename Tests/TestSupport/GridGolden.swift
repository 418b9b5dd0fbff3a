import Foundation
import TerminalUI
import Testing

/// Compares the dump of a grid with `Goldens/NAME.screen` beside the calling test file.
///
/// `PROFTUI_RECORD=1` writes the golden instead, and fails so that nobody takes that for a pass.
package func expectGolden(
  _ grid: CellGrid, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectGolden(
    text: grid.dump(), "\(name).screen", file: file, sourceLocation: sourceLocation)
}

/// Compares a sequence of screens with the one file `Goldens/NAME.screen` beside the calling test
/// file.
package func expectScreens(
  _ grids: [CellGrid], _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let text = grids.enumerated().map { "=== screen \($0 + 1)\n\($1.dump())" }.joined()
  expectGolden(text: text, "\(name).screen", file: file, sourceLocation: sourceLocation)
}

/// Compares any text with the file `Goldens/FILENAME` beside the calling test file.
package func expectGolden(
  text: String, _ fileName: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let golden = folder.appendingPathComponent(fileName)
  if ProcessInfo.processInfo.environment["PROFTUI_RECORD"] == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: golden)
      Issue.record("recorded Goldens/\(fileName): read it", sourceLocation: sourceLocation)
    } catch {
      Issue.record("cannot record Goldens/\(fileName): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
    Issue.record(
      "no Goldens/\(fileName): run with PROFTUI_RECORD=1 to write it\n\(text)",
      sourceLocation: sourceLocation)
    return
  }
  guard text != expected else { return }
  Issue.record(
    "Goldens/\(fileName) differs\n\(difference(expected, text))", sourceLocation: sourceLocation)
}

/// The lines that differ, `-` as the golden has them and `+` as they are.
private func difference(_ expected: String, _ actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  var lines: [String] = []
  for index in 0..<max(old.count, new.count) {
    let before = index < old.count ? old[index] : nil
    let after = index < new.count ? new[index] : nil
    guard before != after else { continue }
    if let before { lines.append("-\(before)") }
    if let after { lines.append("+\(after)") }
  }
  return lines.joined(separator: "\n")
}
