import Synchronization
import TerminalUI

/// A terminal that hands out a list of inputs and keeps what it was asked to do.
///
/// Inputs come one at a time, to who waits for them: a timeout of zero passes without one.
/// When the list is at its end it says `.closed`, each time, as a real terminal that is gone.
package final class ScriptedTerminal: Terminal {
  /// The size now: as given, or as the last resize handed out has it.
  package private(set) var size: GridSize
  /// The grids presented, oldest first.
  package private(set) var frames: [CellGrid] = []
  /// The cursor that came with each of them.
  package private(set) var cursors: [GridPoint?] = []
  /// The texts copied.
  package private(set) var copies: [String] = []
  /// The settings applied, oldest first.
  package private(set) var settings: [TerminalSettings] = []
  /// How often it was rung.
  package private(set) var rings = 0
  /// How often it was asked to suspend.
  package private(set) var suspensions = 0
  /// How often it was lent.
  package private(set) var loans = 0
  /// How often all was to be repainted.
  package private(set) var invalidations = 0
  /// Wakes it, from whatever thread: `.wake` comes before the inputs that are left.
  package var waker: @Sendable () -> Void {
    { [alarm] in alarm.isOn.store(true, ordering: .relaxed) }
  }
  private let alarm = Alarm()
  private var inputs: ArraySlice<TerminalInput>

  private final class Alarm: Sendable {
    let isOn = Atomic(false)
  }

  /// A terminal of a size that hands out these inputs.
  package init(columns: Int = 80, rows: Int = 24, inputs: [TerminalInput] = []) {
    size = GridSize(columns: columns, rows: rows)
    self.inputs = inputs[...]
  }

  /// A terminal at which these keys are typed, by their names: `"j j Enter C-f"`.
  package convenience init(columns: Int = 80, rows: Int = 24, keys: String) {
    let names = keys.split(separator: " ").map(String.init)
    let inputs = names.map { name -> TerminalInput in
      guard let key = Key(name: name) else { preconditionFailure("no key is called \(name)") }
      return .key(key)
    }
    self.init(columns: columns, rows: rows, inputs: inputs)
  }

  /// The last grid presented, or an empty one.
  package var screen: CellGrid { frames.last ?? CellGrid(.zero) }

  /// True when all inputs have been handed out.
  package var isExhausted: Bool { inputs.isEmpty }

  /// Adds an input at the end of the list.
  package func append(_ input: TerminalInput) { inputs.append(input) }

  package func nextInput(timeout: Duration?) -> TerminalInput? {
    // Each input comes after the screen that answers the one before.
    if timeout == .zero { return nil }
    if alarm.isOn.exchange(false, ordering: .relaxed) { return .wake }
    guard let input = inputs.popFirst() else { return .closed }
    if case .resize(let newSize) = input { size = newSize }
    return input
  }

  package func present(_ grid: CellGrid, cursor: GridPoint?) {
    frames.append(grid)
    cursors.append(cursor)
  }

  package func invalidate() { invalidations += 1 }
  package func apply(_ settings: TerminalSettings) { self.settings.append(settings) }
  package func ring() { rings += 1 }

  package func copyToClipboard(_ text: String) -> Bool {
    copies.append(text)
    return true
  }

  package func suspend() { suspensions += 1 }

  package func lend<Result>(to body: () throws -> Result) rethrows -> Result {
    loans += 1
    return try body()
  }
}
