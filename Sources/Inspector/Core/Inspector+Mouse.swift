import TerminalUI

/// What the mouse does: as on a desktop, over what is under the pointer.
extension Inspector {
  /// The rows that a notch of the wheel moves by.
  private static let wheelRows = 3

  mutating func handle(_ event: MouseEvent) -> [Effect] {
    guard session != nil, !layout.isTooSmall else { return [] }
    if let overlay = overlays.last { return handle(event, on: overlay) }
    switch event.action {
    case .wheelUp: return scroll(.moveUp, at: event.position)
    case .wheelDown: return scroll(.moveDown, at: event.position)
    case .press: return press(at: event.position)
    case .doublePress:
      guard layout.list.contains(event.position), bodyRow(at: event.position) != nil else {
        return []
      }
      return handle(.enter)
    }
  }

  /// Moves in the pane under the pointer; the focus stays where it is.
  private mutating func scroll(_ command: Command, at point: GridPoint) -> [Effect] {
    guard let session else { return [] }
    let layout = layout
    var effects: [Effect] = []
    if let rect = layout.detail, rect.contains(point) {
      for _ in 0..<Self.wheelRows {
        _ = detail.handle(command, in: detailContext(session, rect))
      }
    } else if layout.list.contains(point) {
      let before = focus
      focus = .list
      for _ in 0..<Self.wheelRows { effects += execute(command) }
      focus = before
    }
    return effects
  }

  private mutating func press(at point: GridPoint) -> [Effect] {
    let layout = layout
    if let tabs = layout.tabs, tabs.contains(point) {
      guard let index = tab(at: point.column) else { return [] }
      return execute(.show(Panes.all[index]))
    }
    if let rect = layout.detail, rect.contains(point) {
      focus = .detail
      return []
    }
    guard layout.list.contains(point) else { return [] }
    focus = .list
    guard let row = bodyRow(at: point) else { return sort(byHeadAt: point) }
    return select(row: row, column: point.column - layout.list.origin.column)
  }

  // MARK: Views

  private func tab(at column: Int) -> Int? {
    guard let session else { return nil }
    let types = session.sampleTypes.count
    let right = "t:\(session.valueType.type) \(session.sampleType + 1)/\(types)"
    let labels = StatusLine.tabLabels(
      Panes.all.map { ($0.key, $0.name) }, open: open, right: right, width: size.columns)
    var start = 0
    for (index, label) in labels.enumerated() {
      let end = start + DisplayWidth.of(label)
      if (start..<end).contains(column) { return index }
      start = end + 1
    }
    return nil
  }

  // MARK: Rows

  /// The row of the list's body under the pointer; nil over its heads.
  private func bodyRow(at point: GridPoint) -> Int? {
    let row = point.row - layout.list.origin.row - (layout.showsHeads ? 1 : 0)
    return row >= 0 ? row : nil
  }

  /// Selects what is under the pointer.
  private mutating func select(row: Int, column: Int) -> [Effect] {
    guard let session else { return [] }
    let context = context(session, layout)
    if let requests = panes[open].click(row: row, column: column, in: context) {
      return requests.flatMap { carryOut($0) }
    }
    // The selected row is the one that stands out; the one clicked is so many steps away, none of
    // which scrolls.
    let grid = panes[open].render(in: context)
    let head = context.showsHeads ? 1 : 0
    let selected = (head..<max(grid.size.rows, head)).first { y in
      grid.row(y).contains { $0.style.emphasis != .none }
    }
    guard let selected, let place = panes[open].position(in: context) else { return [] }
    let steps = row + head - selected
    let target = place.row + steps
    guard target >= 1, target <= place.count else { return [] }
    var effects: [Effect] = []
    for _ in 0..<abs(steps) { effects += execute(steps > 0 ? .moveDown : .moveUp) }
    return effects
  }

  // MARK: Heads

  /// Orders by the column whose head is under the pointer; the other way round where it is already.
  private mutating func sort(byHeadAt point: GridPoint) -> [Effect] {
    guard let session else { return [] }
    if let reason = Panes.all[open].fixedOrder {
      say(reason, .refusal)
      return []
    }
    let context = context(session, layout)
    let cells = panes[open].render(in: context).row(0)
    let column = point.column - layout.list.origin.column
    guard let key = Self.sortKey(of: word(in: cells, at: column), session) else { return [] }
    if session.order.key == key { return execute(.reverseOrder) }
    sort(by: key)
    return []
  }

  /// The word around a column; empty between words.
  private func word(in cells: ArraySlice<Cell>, at column: Int) -> String {
    let row = cells.map { $0.isContinuation ? " " : $0.character }
    guard row.indices.contains(column), row[column] != " " else { return "" }
    let start = row[..<column].lastIndex(of: " ").map { $0 + 1 } ?? 0
    let end = row[column...].firstIndex(of: " ") ?? row.count
    return String(row[start..<end])
  }

  private static func sortKey(of head: String, _ session: ProfileSession) -> SortOrder.Key? {
    let name = head.filter { $0.isLetter }
    switch name {
    case "FLAT", "SUM", "OBJS", "AVG": return .flat
    case "CUM": return .cumulative
    case "": return nil
    default: return session.granularity.noun.head.hasPrefix(name) ? .name : nil
    }
  }

  // MARK: Popups

  private mutating func handle(_ event: MouseEvent, on overlay: Overlay) -> [Effect] {
    let command: Command
    switch event.action {
    case .wheelUp: command = .moveUp
    case .wheelDown: command = .moveDown
    case .press, .doublePress: return press(event, on: overlay)
    }
    switch overlay {
    case .prompt, .store: break
    case .text(var popup):
      for _ in 0..<Self.wheelRows { _ = popup.handle(command, in: size) }
      overlays[overlays.count - 1] = .text(popup)
    case .choice(var menu):
      let height = menu.frame(in: size).size.rows - 2
      _ = menu.cursor.handle(command, count: menu.items.count, height: height)
      overlays[overlays.count - 1] = .choice(menu)
    }
    return []
  }

  private mutating func press(_ event: MouseEvent, on overlay: Overlay) -> [Effect] {
    switch overlay {
    case .prompt, .store: break
    case .text(let popup):
      if !popup.frame(in: size).contains(event.position) { overlays.removeLast() }
    case .choice(var menu):
      let frame = menu.frame(in: size)
      guard frame.contains(event.position) else {
        leaveChoice()
        return []
      }
      let inside = frame.inset(by: 1)
      let window = menu.cursor.window(count: menu.items.count, height: inside.size.rows)
      let index = window.lowerBound + event.position.row - inside.origin.row
      guard inside.contains(event.position), window.contains(index) else { return [] }
      menu.cursor.select(index, count: menu.items.count, height: inside.size.rows)
      overlays[overlays.count - 1] = .choice(menu)
      if event.action == .doublePress { return handle(.enter) }
    }
    return []
  }
}

extension Command {
  package static let toggleMouse = Command(
    "mouse", "hear of the mouse, or leave it to the terminal")
  package static let copyRow = Command(
    "copy-row", "copy the row to the clipboard; a stack in trees")
}
