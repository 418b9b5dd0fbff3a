/// The selected row of a list, and the first row that is shown.
///
/// What is shown always holds the selected row, whatever the list and the screen have become in the meantime.
package struct ListCursor: Hashable, Sendable {
  /// The selected row; 0 in an empty list.
  package private(set) var position = 0
  /// The first row on the screen when it was last moved; see `window`.
  private var top = 0

  package init() {}

  /// The rows that a list of `count` rows shows in `height` rows of screen.
  package func window(count: Int, height: Int) -> Range<Int> {
    guard count > 0, height > 0 else { return 0..<0 }
    let position = min(position, count - 1)
    let first = min(max(top, position - height + 1, 0), position, max(count - height, 0))
    // The last screenful is full, unless that would hide the selected row, which it cannot.
    return first..<min(first + height, count)
  }

  /// Moves by rows, and stops at both ends.
  package mutating func move(by rows: Int, count: Int, height: Int) {
    let (target, overflow) = position.addingReportingOverflow(rows)
    select(overflow ? (rows > 0 ? count - 1 : 0) : target, count: count, height: height)
  }

  /// Selects a row, and scrolls as little as it takes to show it.
  package mutating func select(_ row: Int, count: Int, height: Int) {
    top = window(count: count, height: height).lowerBound
    position = max(min(row, count - 1), 0)
    top = window(count: count, height: height).lowerBound
  }

  /// Selects a row, and brings it to the middle where it was not in sight.
  package mutating func reveal(_ row: Int, count: Int, height: Int) {
    let wasVisible = window(count: count, height: height).contains(row)
    select(row, count: count, height: height)
    if !wasVisible { centre(count: count, height: height) }
  }

  /// Scrolls so that the selected row is in the middle.
  package mutating func centre(count: Int, height: Int) {
    position = max(min(position, count - 1), 0)
    top = max(position - height / 2, 0)
    top = window(count: count, height: height).lowerBound
  }

  /// Carries out a command that moves through a list.
  ///
  /// A page keeps one row of the last one in sight.
  ///
  /// - Returns: false when the command is no such command.
  package mutating func handle(_ command: Command, count: Int, height: Int) -> Bool {
    let page = max(height - 1, 1)
    let half = max(height / 2, 1)
    switch command {
    case .moveDown: move(by: 1, count: count, height: height)
    case .moveUp: move(by: -1, count: count, height: height)
    case .pageDown: turn(by: page, count: count, height: height)
    case .pageUp: turn(by: -page, count: count, height: height)
    case .halfPageDown: turn(by: half, count: count, height: height)
    case .halfPageUp: turn(by: -half, count: count, height: height)
    case .moveToFirst: select(0, count: count, height: height)
    case .moveToLast: select(count - 1, count: count, height: height)
    case .centre: centre(count: count, height: height)
    default: return false
    }
    return true
  }

  /// Moves and scrolls by the same rows, so that the selected row keeps its place on the screen.
  private mutating func turn(by rows: Int, count: Int, height: Int) {
    let first = window(count: count, height: height).lowerBound
    move(by: rows, count: count, height: height)
    top = max(first + rows, 0)
    top = window(count: count, height: height).lowerBound
  }
}

/// The first line on the screen of a text that is read, not selected from.
package struct TextScroll: Hashable, Sendable {
  private var top = 0

  package init() {}

  /// The lines that a text of `count` lines shows in `height` rows.
  package func window(count: Int, height: Int) -> Range<Int> {
    let first = min(top, max(count - height, 0))
    return first..<min(first + max(height, 0), count)
  }

  /// Carries out a command that moves through a text.
  ///
  /// - Returns: false when the command is no such command.
  package mutating func handle(_ command: Command, count: Int, height: Int) -> Bool {
    let first = window(count: count, height: height).lowerBound
    switch command {
    case .moveDown: top = first + 1
    case .moveUp: top = first - 1
    case .pageDown: top = first + max(height - 1, 1)
    case .pageUp: top = first - max(height - 1, 1)
    case .halfPageDown: top = first + max(height / 2, 1)
    case .halfPageUp: top = first - max(height / 2, 1)
    case .moveToFirst: top = 0
    case .moveToLast: top = count
    case .centre: break
    default: return false
    }
    top = max(top, 0)
    top = window(count: count, height: height).lowerBound
    return true
  }

  /// Scrolls as little as it takes to show a line.
  package mutating func show(line: Int, count: Int, height: Int) {
    let window = window(count: count, height: height)
    if line < window.lowerBound { top = max(line, 0) }
    if line >= window.upperBound { top = max(line - height + 1, 0) }
  }
}
