import Foundation
import ProfileFormats
import ProfileModel
import Reports
import TerminalUI
import TestSupport

@testable import Inspector

/// What came of typing at an inspector through its loop.
struct Typed {
  let inspector: Inspector
  let terminal: ScriptedTerminal
  let leaving: Leaving
  let effects: [Effect]
  /// What was written, by path.
  var files: [String: String] = [:]

  var screen: CellGrid { terminal.screen }
  /// The last screen without header, tabs and keys: what belongs to the view, with the details.
  var view: CellGrid {
    let size = GridSize(columns: screen.size.columns, rows: screen.size.rows - 3)
    var view = CellGrid(size)
    view.draw(screen, in: GridRect(row: -2, column: 0, columns: size.columns, rows: size.rows + 2))
    return view
  }
  /// The rows of the last screen, without blanks at their ends.
  var rows: [String] { screen.textRows }
  var message: String { rows.count > 1 ? rows[rows.count - (rows.count >= 12 ? 2 : 1)] : "" }
}

extension CellGrid {
  /// The rows as text, without blanks at their ends.
  var textRows: [String] {
    (0..<size.rows).map { row in
      let text = text(row: row)
      return String(
        text[..<(text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? text.startIndex)])
    }
  }
}

/// Opens a profile on a screen of the given size and types keys, by their names with blanks between.
///
/// A word in double quotes is typed letter by letter: `/ "json" Enter`.
func typing(
  _ keys: String = "", at columns: Int = 80, _ rows: Int = 24, in profile: Profile,
  named name: String = "test.pprof", sampleType: String = "", glyphs: GlyphSet = .utf8,
  sources: [String: String] = [:], files: [String: String] = [:],
  recollection: Recollection = Recollection()
) throws -> Typed {
  let session = try ProfileSession(name: name, profile: profile, sampleType: sampleType)
  let terminal = ScriptedTerminal(columns: columns, rows: rows, inputs: inputs(keys))
  var inspector = Inspector(
    source: ProfileSource(paths: [name]), size: terminal.size, glyphs: glyphs)
  inspector.recall(recollection)
  var effects: [Effect] = []
  var files = files
  let loop = InspectorLoop(
    terminal: terminal,
    perform: { effect, terminal in
      effects.append(effect)
      switch effect {
      case .load: return [.loaded(session)]
      case .copy(let text, let what):
        _ = terminal.copyToClipboard(text)
        return [.told("copied \(what)")]
      case .loadSource(let file):
        let text = sources[file].map { SourceText(path: "/src/\(file)", bytes: Array($0.utf8)) }
        let missing = MissingSource(tried: ["/src/\(file)", "/\(file)"])
        return [.sourceLoaded(file: file, text.map { .found($0) } ?? .missing(missing))]
      case .edit, .configure: break
      case .write(let request): return [write(request, into: &files)]
      case .suspend: terminal.suspend()
      case .redraw: terminal.invalidate()
      case .cancelLoad, .cancelWriting, .fetch, .browse, .runClock, .quit: break
      }
      return []
    }, collect: { [] })
  let leaving = loop.run(&inspector)
  return Typed(
    inspector: inspector, terminal: terminal, leaving: leaving, effects: effects, files: files)
}

/// Writes what is asked for into files that there are only here.
private func write(_ request: WriteRequest, into files: inout [String: String]) -> Event {
  if !request.overwrites, files[request.path] != nil { return .fileExists(request) }
  var environment = ReportEnvironment()
  environment.encode = { PprofEncoder.encode($0) }
  var output = OutputBuffer()
  do throws(Failure) {
    try request.body(environment, &output)
  } catch {
    return .failed(error)
  }
  files[request.path] = String(decoding: output.finish(), as: UTF8.self)
  return .told("wrote \(request.path)")
}

extension MouseEvent {
  /// What is done with the mouse, at a row and a column: `click:3,10`, `double:3,10`, `up:3,10`, `down:3,10`.
  init?(text: some StringProtocol) {
    let parts = text.split { $0 == ":" || $0 == "," }
    let actions: [String: Action] = [
      "click": .press, "double": .doublePress, "up": .wheelUp, "down": .wheelDown,
    ]
    guard parts.count == 3, let action = actions[String(parts[0])], let row = Int(parts[1]),
      let column = Int(parts[2])
    else { return nil }
    self.init(action, at: GridPoint(row: row, column: column))
  }
}

/// The inputs for key names with blanks between, and words in double quotes letter by letter.
func inputs(_ keys: String) -> [TerminalInput] {
  keys.split(separator: " ").flatMap { word -> [TerminalInput] in
    if word.count > 2, word.hasPrefix("\""), word.hasSuffix("\"") {
      return word.dropFirst().dropLast().map { .key(.character($0 == "_" ? " " : $0)) }
    }
    if let size = GridSize(text: word) { return [.resize(size)] }
    if let event = MouseEvent(text: word) { return [.mouse(event)] }
    guard let key = Key(name: String(word)) else {
      preconditionFailure("no key is called \(word)")
    }
    return [.key(key)]
  }
}

extension GridSize {
  /// A size written as `80x24`.
  init?(text: some StringProtocol) {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    self.init(columns: parts[0], rows: parts[1])
  }
}

/// A profile from the samples folder, as `config-store/mem.pprof`.
func sample(_ path: String) throws -> Profile {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let bytes = try Data(contentsOf: root.appendingPathComponent("Samples/go/\(path)"))
  return try ProfileFormats.decode([UInt8](bytes))
}

/// What a view says of itself, as values: the test macros cannot take metatypes.
struct PaneFacts: Sendable {
  let key: String
  let name: String
  let typeName: String
  let bindings: [KeyBinding]
  let explanations: [Explanation]
  let help: TextPopup
  let commands: [Command]

  static let all: [PaneFacts] = Panes.all.map { pane in
    PaneFacts(
      key: String(pane.key), name: pane.name, typeName: String(describing: pane),
      bindings: pane.bindings, explanations: pane.explanations,
      help: HelpText.popup(for: pane, glyphs: .utf8, width: 200),
      commands: CommandLine.commands(for: pane))
  }
}
