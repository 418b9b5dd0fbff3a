import TerminalUI

/// What lies over the views and takes the keys first.
package enum Overlay: Sendable {
  /// A line that is typed in the message row.
  case prompt(Prompt)
  /// A text to read.
  case text(TextPopup)
  /// Some things of which to choose one.
  case choice(ChoiceMenu)
  /// The programs and times of a store.
  case store(StorePicker)
}

/// A line that is typed in the message row, and what it is for.
package struct Prompt: Sendable {
  package enum Purpose: Hashable, Sendable {
    case search
    case filter
    case command
    /// An expression to refine by.
    case refine(Refinement.Kind)
    /// The name of a file, to be written in the form.
    case write(String)

    /// What stands before the text.
    var sign: String {
      switch self {
      case .refine(let kind): "\(kind.rawValue)="
      case .write(let form): "write \(form) to: "
      case .search: "/"
      case .filter: "&"
      case .command: ":"
      }
    }
  }

  let purpose: Purpose
  var text: TextPrompt
  /// What is shown to the right of the text: matches, or how a word can go on.
  var note = ""

  /// What keys do to the line, for the row of keys.
  var bindings: [KeyBinding] {
    let accept =
      switch purpose {
      case .search: "go there"
      case .filter: "keep these rows"
      case .command: "do it"
      case .refine: "refine"
      case .write: "write"
      }
    return [KeyBinding("Enter", .acceptLine, hint: accept)]
      + (purpose == .command ? [KeyBinding("Tab", .completeWord, hint: "complete")] : [])
      + (text.hasHistory ? [KeyBinding("Up", .recallLine, hint: "earlier ones")] : [])
      + [KeyBinding("Esc", .cancelLine, hint: "cancel")]
  }
}

extension Command {
  fileprivate static let acceptLine = Command("accept-line", "take the line that is typed")
  fileprivate static let completeWord = Command("complete-word", "the rest of the word")
  fileprivate static let recallLine = Command("recall-line", "a line that was typed before")
  fileprivate static let cancelLine = Command("cancel-line", "leave the line")
}

/// A text in a frame, scrolled by the keys that move.
package struct TextPopup: Hashable, Sendable {
  let title: String
  let lines: [PopupLine]
  var scroll = TextScroll()

  /// The frame for it on a screen of the size: as large as it has to be, in the middle.
  func frame(in size: GridSize) -> GridRect {
    let widest = lines.reduce(DisplayWidth.of(title) + 2) { max($0, $1.width) }
    let columns = min(widest + 4, size.columns)
    let rows = min(lines.count + 2, size.rows)
    return GridRect(
      row: (size.rows - rows) / 2, column: (size.columns - columns) / 2, columns: columns,
      rows: rows)
  }

  mutating func handle(_ command: Command, in size: GridSize) -> Bool {
    scroll.handle(command, count: lines.count, height: frame(in: size).size.rows - 2)
  }

  func draw(into grid: inout CellGrid, glyphs: GlyphSet) {
    let frame = frame(in: grid.size)
    grid.drawFrame(frame, title: title, glyphs: glyphs)
    let inside = frame.inset(by: 1)
    let window = scroll.window(count: lines.count, height: inside.size.rows)
    for (y, index) in window.enumerated() {
      lines[index].draw(
        into: &grid, at: GridPoint(row: inside.origin.row + y, column: inside.origin.column + 1),
        width: inside.size.columns - 2)
    }
    let hint = " \(Settings().key(of: .close)) closes "
    grid.write(
      hint, at: GridPoint(row: frame.rows.upperBound - 1, column: frame.columns.lowerBound + 2),
      role: .border, maxWidth: max(frame.size.columns - 4, 0))
    if window.count < lines.count {
      let note = " \(window.upperBound)/\(lines.count) "
      grid.write(
        note,
        at: GridPoint(
          row: frame.rows.upperBound - 1, column: frame.columns.upperBound - note.count - 2),
        role: .border)
    }
  }
}

/// A line of a popup: keys or a term on the left, what they mean on the right.
package struct PopupLine: Hashable, Sendable {
  var left = ""
  var right = ""
  var isHeading = false

  /// Where the right side begins.
  private static let rightColumn = 23

  /// Where it begins in a popup of that width.
  static func rightColumn(width: Int) -> Int { min(rightColumn, width / 3) }

  var width: Int {
    right.isEmpty
      ? DisplayWidth.of(left)
      : max(Self.rightColumn, DisplayWidth.of(left) + 1) + DisplayWidth.of(right)
  }

  func draw(into grid: inout CellGrid, at point: GridPoint, width: Int) {
    let end = grid.write(left, at: point, role: isHeading ? .title : .key, maxWidth: width)
    guard !right.isEmpty else { return }
    let column = max(point.column + Self.rightColumn(width: width), end + 1)
    grid.write(
      right, at: GridPoint(row: point.row, column: column),
      maxWidth: width - (column - point.column))
  }
}

/// Some things of which to choose one, by its letter or by moving to it.
package struct ChoiceMenu: Hashable, Sendable {
  struct Item: Hashable, Sendable {
    /// The letter that chooses it; nil for none.
    var key: Character?
    let label: String
    let action: Action
  }

  /// What a choice does.
  enum Action: Hashable, Sendable {
    case sort(SortOrder.Key)
    /// Write in the form of that name.
    case write(String)
    /// Write in the place of a file that is there.
    case replace(WriteRequest)
    /// Do nothing.
    case leave
    /// Change the setting of that name.
    case option(String)
    /// Load the refinements saved under a name.
    case load(String)
    case sortChange(ChangeOrder)
    /// Fetch this of a live source.
    case fetch(LiveChoice)
    /// Choose this in a row of the picker below.
    case pick(StorePicker.Row, Int)
  }

  let title: String
  let items: [Item]
  var cursor = ListCursor()

  func frame(in size: GridSize) -> GridRect {
    let widest = items.reduce(DisplayWidth.of(title) + 2) { max($0, DisplayWidth.of($1.label) + 4) }
    let columns = min(widest + 4, size.columns)
    let rows = min(items.count + 2, size.rows)
    return GridRect(
      row: (size.rows - rows) / 2, column: (size.columns - columns) / 2, columns: columns,
      rows: rows)
  }

  func draw(into grid: inout CellGrid, glyphs: GlyphSet) {
    let frame = frame(in: grid.size)
    grid.drawFrame(frame, title: title, glyphs: glyphs)
    let inside = frame.inset(by: 1)
    for (y, index) in cursor.window(count: items.count, height: inside.size.rows).enumerated() {
      let row = inside.origin.row + y
      let column = inside.origin.column + 1
      var start = column
      if let key = items[index].key {
        start = grid.write(String(key), at: GridPoint(row: row, column: column), role: .key) + 2
      }
      let room = max(inside.columns.upperBound - 1 - start, 0)
      grid.write(
        TextFitting.shortenedEnd(items[index].label, to: room, ellipsis: glyphs.ellipsis),
        at: GridPoint(row: row, column: start))
      if index == cursor.position { grid.highlight(row: row, columns: inside.columns) }
    }
    let closes = " \(Settings().key(of: .close)) closes "
    let whole = " \(Key.enter.label(glyphs)) chooses \(closes)"
    let room = max(frame.size.columns - 4, 0)
    grid.write(
      DisplayWidth.fits(whole, room) ? whole : closes,
      at: GridPoint(row: frame.rows.upperBound - 1, column: frame.columns.lowerBound + 2),
      role: .border, maxWidth: room)
  }
}

extension CellGrid {
  /// Clears a rectangle and draws a frame around it, with a title in its upper edge.
  mutating func drawFrame(_ frame: GridRect, title: String, glyphs: GlyphSet) {
    fill(frame)
    guard frame.size.rows > 1, frame.size.columns > 1 else { return }
    let (top, left) = (frame.origin.row, frame.origin.column)
    let (bottom, right) = (frame.rows.upperBound - 1, frame.columns.upperBound - 1)
    let line = String(repeating: String(glyphs.horizontal), count: frame.size.columns - 2)
    write(
      "\(glyphs.topLeft)\(line)\(glyphs.topRight)", at: frame.origin, role: .border)
    write(
      "\(glyphs.bottomLeft)\(line)\(glyphs.bottomRight)", at: GridPoint(row: bottom, column: left),
      role: .border)
    for row in top + 1..<max(bottom, top + 1) {
      for column in [left, right] {
        write(String(glyphs.vertical), at: GridPoint(row: row, column: column), role: .border)
      }
    }
    let room = max(frame.size.columns - 6, 0)
    write(
      " \(TextFitting.shortenedEnd(title, to: room, ellipsis: glyphs.ellipsis)) ",
      at: GridPoint(row: top, column: left + 2), role: .title,
      maxWidth: max(frame.size.columns - 4, 0))
  }
}
