import ProfileAnalysis
import ProfileModel
import TerminalUI

/// The pane of details: all of what is known of the selected symbol, or what costs most of that which
/// has the selected label.
///
/// Its whole name and place, its flat and cumulative values in each sample type to `pprof`'s digits,
/// and its callers and callees.
package struct SymbolDetail: Sendable {
  private struct Line {
    var text: String
    var role: Role = .plain
    /// The call that the line is about, which is put into words where it is drawn: a symbol can have
    /// thousands.
    var call: Neighbours.Call?
  }

  /// What its keys do while it has the focus, for the row of keys.
  static let bindings = [KeyBinding("Enter", .showCalls, hint: "calls")]

  private var subject: DetailSubject?
  private var cursor = ListCursor()

  package init() {}

  /// Turns to another symbol or label, and to the first line about it.
  package mutating func show(_ subject: DetailSubject?) {
    guard subject != self.subject else { return }
    self.subject = subject
    cursor = ListCursor()
  }

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    let lines = lines(in: context)
    if cursor.handle(command, count: lines.count, height: context.size.rows) { return [] }
    // Whatever Enter does in the view, here it goes to the other end of a call.
    switch command {
    case .showCalls, .recentre, .zoomIn, .showSource, .compareSteps, .refineByLabel: break
    default: return nil
    }
    guard let call = selectedCall(lines) else {
      return [.refuse("no caller or callee in this row")]
    }
    return [.showCalls(call.node)]
  }

  /// Whether one of its keys does something now.
  func offers(_ command: Command, in context: PaneContext) -> Bool {
    command != .showCalls || selectedCall(lines(in: context)) != nil
  }

  private func selectedCall(_ lines: [Line]) -> Neighbours.Call? {
    lines.indices.contains(cursor.position) ? lines[cursor.position].call : nil
  }

  package func render(in context: PaneContext) -> CellGrid {
    var grid = CellGrid(context.size)
    let lines = lines(in: context)
    let window = cursor.window(count: lines.count, height: context.size.rows)
    for (y, index) in window.enumerated() {
      let line = lines[index]
      let text = line.call.map { self.text(of: $0, in: context) } ?? line.text
      grid.write(text, at: GridPoint(row: y, column: 2), role: line.role)
      if context.isFocused, index == cursor.position {
        grid.write(context.glyphs.cursor, at: GridPoint(row: y, column: 0))
        grid.highlight(row: y)
      }
    }
    return grid
  }

  private func lines(in context: PaneContext) -> [Line] {
    let session = context.session
    let width = max(context.size.columns - 3, 1)
    switch subject {
    case .symbol(let node): return lines(about: node, width: width, in: context)
    case .label(let label, let name):
      return TextWrapping.lines(name, width: width).map { Line(text: $0, role: .name) }
        + Self.section("symbols, by FLAT", session.breakdown(of: label).symbols)
    case nil: return Self.wholes(session, width: width)
    }
  }

  private func lines(about node: NodeID, width: Int, in context: PaneContext) -> [Line] {
    let session = context.session
    var lines = TextWrapping.lines(session.nodes.printableName(of: node), width: width)
      .map { Line(text: $0, role: .name) }
    if let place = session.fullPlace(of: node) {
      lines += TextWrapping.lines(place, width: width).map { Line(text: $0, role: .path) }
    }
    lines += Self.values(of: node, in: session, width: width)
    let neighbours = session.neighbours(of: node)
    let callers = Self.section("callers", neighbours.callers)
    let callees = Self.section("callees", neighbours.callees)
    // With the focus here all can be scrolled to; without it some of both are worth more than
    // callers alone.
    let room = context.size.rows - lines.count
    guard !context.isFocused, callers.count + callees.count > room else {
      return lines + callers + callees
    }
    let kept = max(room - min(callees.count, max(room / 2, 2)), 2)
    return lines + Self.cut(callers, to: kept, context.glyphs)
      + Self.cut(callees, to: max(room - min(kept, callers.count), 0), context.glyphs)
  }

  private static func section(_ title: String, _ calls: [Neighbours.Call]) -> [Line] {
    [Line(text: "\(calls.isEmpty ? "no " : "")\(title)", role: .title)]
      + calls.map { Line(text: "", call: $0) }
  }

  /// The first lines of a section; how many calls are left out is told beside its title.
  private static func cut(_ section: [Line], to count: Int, _ glyphs: GlyphSet) -> [Line] {
    guard section.count > count, count > 0 else { return Array(section.prefix(count)) }
    var kept = Array(section.prefix(count))
    kept[0].text += " (\(glyphs.ellipsis) \(section.count - count) more)"
    return kept
  }

  /// The call's weight, its share of what the details are about, and the name on its other end.
  private func text(of call: Neighbours.Call, in context: PaneContext) -> String {
    let session = context.session
    let own =
      switch subject {
      case .symbol(let node): session.totals.cumulative[node.index]
      case .label(let label, _): session.breakdown(of: label).sum
      case nil: Int64(0)
      }
    let numbers =
      "\(TextFitting.padded(session.label(call.weight), to: 10, .right))"
      + " \(TextFitting.padded(Share.text(call.weight, of: own), to: 6, .right))  "
    let width = max(context.size.columns - 3, 1)
    let name = TextFitting.shortenedName(
      session.title(of: call.node), to: max(width - DisplayWidth.of(numbers), 0),
      ellipsis: context.glyphs.ellipsis)
    return numbers + name
  }

  /// What all symbols cost together in each sample type; of a change the header tells it.
  private static func wholes(_ session: ProfileSession, width: Int) -> [Line] {
    let title = Line(text: "no symbol is selected", role: .title)
    guard !session.showsChange else { return [title] }
    let names = session.sampleTypes.map { TextFitting.shortenedMiddle($0.type, to: 20) }
    let column = names.reduce(0) { max($0, DisplayWidth.of($1)) }
    let lines = session.sampleTypes.enumerated().map { index, type in
      let total = session.label(session.leftTotal(ofType: index), unit: type.unit)
      let text =
        TextFitting.padded(names[index], to: column)
        + "  all \(TextFitting.padded(total, to: 11, .right))"
      return Line(text: text, role: index == session.sampleType ? .plain : .dim)
    }
    return [title] + lines.filter { DisplayWidth.fits($0.text, width) }
  }

  /// Flat and cumulative value in each sample type, to `pprof`'s digits.
  private static func values(of node: NodeID, in session: ProfileSession, width: Int) -> [Line] {
    let types = session.sampleTypes
    let names = types.map { TextFitting.shortenedMiddle($0.type, to: 20) }
    let column = names.reduce(0) { max($0, DisplayWidth.of($1)) }
    let number = types.enumerated().reduce(11) { width, type in
      let totals = session.totals(ofType: type.offset)
      return [totals.flat[node.index], totals.cumulative[node.index]].reduce(width) {
        max($0, DisplayWidth.of(session.label($1, unit: type.element.unit)))
      }
    }
    func value(_ value: Int64, _ total: Int64, _ unit: String) -> String {
      let label = TextFitting.padded(session.label(value, unit: unit), to: number, .right)
      let share = Measurement.percentage(value, of: total)
      return label + " " + TextFitting.padded(share, to: 7, .right)
    }
    var lines: [Line] = []
    for (index, type) in types.enumerated() {
      let totals = session.totals(ofType: index)
      let flat = value(totals.flat[node.index], totals.total, type.unit)
      let cumulative = value(totals.cumulative[node.index], totals.total, type.unit)
      let name = TextFitting.padded(names[index], to: column)
      let isShown = index == session.sampleType
      let whole = "\(name)  flat \(flat)  cum \(cumulative)"
      let role: Role = isShown ? .plain : .dim
      if DisplayWidth.of(whole) <= width {
        lines.append(Line(text: whole, role: role))
      } else if isShown {
        // A number is shown whole or not at all.
        lines.append(Line(text: "flat \(flat)", role: role))
        lines.append(Line(text: "cum  \(cumulative)", role: role))
      }
    }
    return lines
  }
}
