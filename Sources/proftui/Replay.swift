import Glibc
import Inspector
import TerminalUI

/// Types the keys of a script at the inspector and prints screens, without a terminal.
///
/// A script is lines of key names with blanks between (`j j Enter C-f`), and of these directives:
/// `size 80x24`; `type TEXT`, letter by letter; `tick N`, which lets so
/// many seconds go by; `screen`, which prints the screen as text; `dump`,
/// which prints it with its roles. Lines that begin with `#` count for nothing. Profiles are read
/// before the first key.
enum Replay {
  static func run(
    _ path: String, source: ProfileSource, _ invocation: Invocation,
    _ start: InspectorFlags.Start
  ) throws(CommandFailure) {
    let bytes = try InputBytes.read(path, limit: 1 << 24)
    let text = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
    let steps = try parse(text, path)
    let performer = EffectPerformer(invocation, isSynchronous: true) {}
    let terminal = ReplayTerminal(steps) { performer.post(.elapsed(seconds: 1)) }
    var inspector = Inspector(
      source: source, size: terminal.size, glyphs: start.glyphs ?? .utf8,
      settings: start.settings)
    inspector.recall(start.recollection)
    for problem in start.problems { _ = inspector.handle(.told(problem)) }
    let loop = InspectorLoop(
      terminal: terminal, perform: { performer.perform($0, on: $1) },
      collect: { performer.collect() })
    switch loop.run(&inspector) {
    case .done, .signalled: return
    case .gaveUp: throw CommandFailure(source.name, "given up before it was read")
    case .failed(let failure): throw CommandFailure(failure.subject, failure.reason)
    }
  }

  enum Step {
    case input(TerminalInput)
    case screen
    case dump
    /// A second goes by.
    case tick
  }

  static func parse(_ text: String, _ path: String) throws(CommandFailure) -> [Step] {
    var steps: [Step] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split(separator: " ").map(String.init)
      guard let first = words.first, !first.hasPrefix("#") || first == "#" && words.count == 1
      else { continue }
      switch (first, words.count) {
      case ("screen", 1): steps.append(.screen)
      case ("dump", 1): steps.append(.dump)
      case ("tick", 2):
        guard let count = Int(words[1]), (1...100_000).contains(count) else {
          throw CommandFailure(path, "line \(index + 1): ticks are counted: tick 10")
        }
        steps += Array(repeating: .tick, count: count)
      case ("size", 2):
        let parts = words[1].split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2 else {
          throw CommandFailure(path, "line \(index + 1): a size is written as 80x24")
        }
        steps.append(.input(.resize(GridSize(columns: parts[0], rows: parts[1]))))
      case ("type", 2...):
        for character in line.dropFirst(line.prefix { $0 == " " }.count + 5) {
          steps.append(.input(.key(.character(character))))
        }
      default:
        for word in words {
          guard let key = Key(name: word) else {
            throw CommandFailure(path, "line \(index + 1): no key is called \(word)")
          }
          steps.append(.input(.key(key)))
        }
      }
    }
    return steps
  }
}

/// A terminal that types a script and prints the screens that it asks for.
private final class ReplayTerminal: Terminal {
  private(set) var size = GridSize(columns: 80, rows: 24)
  private var steps: ArraySlice<Replay.Step>
  private var screen = CellGrid(.zero)
  private let tick: () -> Void

  /// - Parameter tick: hands over a second that went by.
  init(_ steps: [Replay.Step], tick: @escaping () -> Void) {
    self.steps = steps[...]
    self.tick = tick
    // A size given first is that of the first screen.
    if case .input(.resize(let size))? = steps.first {
      self.size = size
      self.steps = steps.dropFirst()
    }
  }

  func nextInput(timeout: Duration?) -> TerminalInput? {
    // Whoever types the script waits for each screen.
    if timeout == .zero { return nil }
    while let step = steps.popFirst() {
      switch step {
      case .input(let input):
        if case .resize(let size) = input { self.size = size }
        return input
      case .screen:
        print((0..<screen.size.rows).map { screen.text(row: $0) }.joined(separator: "\n"))
      case .dump: print(screen.dump())
      case .tick:
        tick()
        return .wake
      }
    }
    return .closed
  }

  private func print(_ text: String) {
    var text = text.hasSuffix("\n") ? text : text + "\n"
    text.withUTF8 { _ = StandardStreams.write(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
  }

  func present(_ grid: CellGrid, cursor: GridPoint?) { screen = grid }
  func invalidate() {}
  func apply(_ settings: TerminalSettings) {}
  func ring() {}
  func copyToClipboard(_ text: String) -> Bool { true }
  func suspend() {}
  func lend<Result>(to body: () throws -> Result) rethrows -> Result { try body() }
}
