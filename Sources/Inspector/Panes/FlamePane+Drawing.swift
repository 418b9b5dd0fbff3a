import ProfileAnalysis
import ProfileModel
import TerminalUI

extension FlamePane {
  package func render(in context: PaneContext) -> CellGrid {
    guard let layout else { return EmptyNotice.grid(in: context) }
    var grid = CellGrid(context.size)
    let first = context.showsHeads ? 1 : 0
    if context.showsHeads { drawHead(layout, into: &grid, in: context) }
    for y in 0..<context.bodyRows {
      for (index, span) in layout[top + y].enumerated() {
        let isSelected = shownPlace?.row == top + y && shownPlace?.index == index
        draw(span, isSelected, layout.tree, at: first + y, into: &grid, in: context)
      }
    }
    return grid
  }

  // MARK: The head

  /// Where the zoom is, and whether there is more above or below.
  private func drawHead(_ layout: FlameLayout, into grid: inout CellGrid, in context: PaneContext) {
    let width = context.size.columns
    grid.fill(GridRect(row: 0, column: 0, columns: width, rows: 1), role: .columnHead)
    let glyphs = context.glyphs
    let isMoreBelow = !layout[top + context.bodyRows].isEmpty
    let more = [top > 0 ? glyphs.up : nil, isMoreBelow ? glyphs.down : nil].compactMap { $0 }
      .joined(separator: " ")
    let room = width - 1 - (more.isEmpty ? 0 : DisplayWidth.of(more) + 1)
    grid.write(
      headText(layout, width: room, in: context), at: GridPoint(row: 0, column: 1),
      role: .columnHead, maxWidth: max(room, 0))
    grid.write(
      more, at: GridPoint(row: 0, column: width - DisplayWidth.of(more)), role: .columnHead)
  }

  private func headText(_ layout: FlameLayout, width: Int, in context: PaneContext) -> String {
    let session = context.session
    guard layout.root != .root else {
      let measure = session.showsChange ? "the larger of old and new" : "CUM"
      return TextFitting.shortenedEnd(
        "\(Self.rootName) \(session.totalText), as wide as \(measure)", to: width,
        ellipsis: context.glyphs.ellipsis)
    }
    let arrow = " \(context.glyphs.arrow) "
    let share = " " + session.share(layout.tree.cumulative(of: layout.root))
    // The innermost frames of the path, as many as fit.
    let names = layout.tree.nodes(onPathTo: layout.root).reversed().lazy.map {
      FlameLabel.shortest(session.title(of: $0), ellipsis: context.glyphs.ellipsis)
    }
    var text = share
    var isWhole = true
    for (index, name) in names.enumerated() {
      let longer = name + (index == 0 ? "" : arrow) + text
      let rest = DisplayWidth.of(Self.rootName + arrow + context.glyphs.ellipsis + arrow)
      guard DisplayWidth.fits(longer, width - rest) || index == 0 else {
        isWhole = false
        break
      }
      text = longer
    }
    if !isWhole { text = context.glyphs.ellipsis + arrow + text }
    return Self.rootName + arrow + text
  }

  /// What the frame above all others is called.
  static let rootName = "all"

  // MARK: Spans

  private func draw(
    _ span: FlameSpan, _ isSelected: Bool, _ tree: CallTree, at y: Int,
    into grid: inout CellGrid, in context: PaneContext
  ) {
    let rect = GridRect(row: y, column: span.start, columns: span.width, rows: 1)
    if span.isMark {
      grid.fill(rect, with: context.glyphs.flameRest, role: .flameRest)
    } else {
      let node = tree.node(of: span.frame)
      let isMatch = context.search.map { self.isMatch(span, $0) } ?? false
      let change = context.session.showsChange ? change(of: span.frame, tree, in: context) : nil
      let color = change?.role ?? color(of: span, node, tree, in: context)
      let role: Role = isMatch ? (isSelected ? .currentMatch : .match) : color
      grid.fill(rect, role: role)
      grid.write(String(context.glyphs.flameEdge), at: rect.origin, role: role)
      grid.write(
        label(of: span, node, tree, change, in: context),
        at: GridPoint(row: y, column: span.start + 1),
        role: role, maxWidth: span.width - 1)
    }
    if isSelected {
      grid.highlight(
        row: y, columns: span.columns, as: context.isFocused ? .selected : .marked)
    }
  }

  /// By the package, or by what the frame costs itself: orange what is hot, blue what is not.
  private func color(
    of span: FlameSpan, _ node: NodeID, _ tree: CallTree, in context: PaneContext
  ) -> Role {
    guard !node.isNone else { return .flameSame }
    switch context.settings.flameColor {
    case .package: return Role.flame(hash: tree.nodes.colorHash(of: node))
    case .share:
      let total = Double(context.session.leftTotal(ofType: context.session.sampleType).magnitude)
      let share = total > 0 ? Double(tree.flat(of: span.frame).magnitude) / total : 0
      return share >= 0.05 ? .flameGrew : share >= 0.005 ? .flameSame : .flameShrank
    }
  }

  private func label(
    of span: FlameSpan, _ node: NodeID, _ tree: CallTree, _ change: Change?, in context: PaneContext
  ) -> String {
    let room = span.width - 1
    guard room > 0 else { return "" }
    let name = node.isNone ? Self.rootName : context.session.title(of: node)
    if let change {
      let mark = change.mark
      let amount = " \(context.session.label(change.amount))"
      let text = FlameLabel.text(
        name, width: room - DisplayWidth.of(mark), ellipsis: context.glyphs.ellipsis)
      return DisplayWidth.fits(mark + text + amount, room) ? mark + text + amount : mark + text
    }
    let text = FlameLabel.text(name, width: room, ellipsis: context.glyphs.ellipsis)
    let share = " " + context.session.share(tree.cumulative(of: span.frame))
    return DisplayWidth.fits(text + share, room) ? text + share : text
  }

  /// What the samples through a frame changed by, and how that looks.
  private struct Change {
    let amount: Int64
    let role: Role
    let mark: String
  }

  private func change(of frame: CallTreeID, _ tree: CallTree, in context: PaneContext) -> Change {
    let path = tree.nodes(onPathTo: frame)
    let amount = context.session.frameChange(path)
    let look = context.session.flameLook(amount, path, context.glyphs)
    return Change(amount: amount, role: look.role, mark: look.mark)
  }

  // MARK: The row about the selection

  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    guard let layout else { return nil }
    let session = context.session
    let tree = layout.tree
    let frame = tree[selected]
    let unit = session.valueType.unit
    if session.showsChange {
      let path = tree.nodes(onPathTo: selected)
      let value = session.comparedFrame(path)
      var facts = [
        value.map {
          "\($0.changeText(unit: unit, glyphs: context.glyphs)) \(session.share($0.change))"
        } ?? ""
      ]
      if let hidden = hiddenText { facts.append(hidden) }
      if let value { facts.append(value.sidesText(unit: unit, glyphs: context.glyphs)) }
      if !frame.node.isNone {
        facts += session.changeFacts(of: frame.node, glyphs: context.glyphs).prefix(1)
      }
      facts.append("depth \(frame.depth)")
      let name = frame.node.isNone ? Self.rootName : tree.nodes.printableName(of: frame.node)
      return SelectionFacts(name: name, facts: facts)
    }
    var facts = [
      "\(Measurement.label(frame.cumulative, unit: unit)) \(session.share(frame.cumulative))"
    ]
    if let hidden = hiddenText { facts.append(hidden) }
    if !frame.node.isNone {
      let all = session.totals.cumulative[frame.node.index]
      if all != frame.cumulative {
        facts.append("all instances \(Measurement.label(all, unit: unit)) \(session.share(all))")
      } else {
        facts.append("all of its cost")
      }
    }
    if !frame.parent.isNone, frame.parent != .root {
      let above = tree.cumulative(of: frame.parent)
      facts.append("\(Share.text(frame.cumulative, of: above)) of parent")
    }
    if layout.root != .root, layout.root != selected {
      let zoom = tree.cumulative(of: layout.root)
      facts.append("\(Share.text(frame.cumulative, of: zoom)) of zoom")
    }
    if frame.flat != 0 { facts.append("flat \(Measurement.label(frame.flat, unit: unit))") }
    facts.append("depth \(frame.depth)")
    let name = frame.node.isNone ? Self.rootName : tree.nodes.printableName(of: frame.node)
    return SelectionFacts(name: name, facts: facts)
  }

  /// What of the selection is not drawn, and why.
  private var hiddenText: String? {
    guard let layout, let place = shownPlace, let span = layout.span(at: place) else { return nil }
    guard place.isDrawn else { return "under one cell" }
    return span.hiddenChildCount > 0 ? "+\(span.hiddenChildCount) hidden" : nil
  }
}

/// Names of frames made to fit into their spans.
enum FlameLabel {
  /// As much of a name as says most in `width` columns: all of it, or without type arguments, path,
  /// package, and receiver, or else the beginning of what is left.
  static func text(_ name: String, width: Int, ellipsis: String) -> String {
    guard width > 0 else { return "" }
    if DisplayWidth.fits(name, width) { return name }
    let bare = withoutArguments(name, ellipsis: ellipsis)
    let short = TextFitting.withoutPath(bare)
    let base = withoutPackage(short)
    let method = withoutReceiver(base)
    for candidate in [bare, short, base, method] where DisplayWidth.fits(candidate, width) {
      return candidate
    }
    // Of two or three letters more is lost by an ellipsis than it says.
    return width < 4
      ? TextFitting.prefix(of: method, width: width)
      : TextFitting.shortenedEnd(method, to: width, ellipsis: ellipsis)
  }

  /// The name without type arguments and the path.
  static func shortest(_ name: String, ellipsis: String) -> String {
    TextFitting.withoutPath(withoutArguments(name, ellipsis: ellipsis))
  }

  private static func withoutArguments(_ name: String, ellipsis: String) -> String {
    // A name this long is cut before it is looked at: of its end nothing would be seen.
    let name = name.utf8.count > 4096 ? TextFitting.prefix(of: name, width: 4096) : name
    return TextFitting.withoutBracketed(name, ellipsis: ellipsis)
  }

  private static func withoutPackage(_ name: String) -> String {
    let head = name.prefix { $0 != "(" && $0 != "[" && $0 != "<" && $0 != " " }
    if let colon = head.lastIndex(of: ":") {
      let rest = name[name.index(after: colon)...]
      return rest.isEmpty ? name : String(rest)
    }
    guard let dot = head.firstIndex(of: "."), dot > name.startIndex else { return name }
    let rest = name[name.index(after: dot)...]
    guard !rest.isEmpty else { return name }
    // Where packages have dots, a class has a capital: `ThreadPoolExecutor$Worker.run`.
    let parts = head.split(separator: ".")
    if let type = parts.dropFirst().first(where: { $0.first?.isUppercase ?? false }) {
      return String(name[type.startIndex...])
    }
    return String(rest)
  }

  /// `Put` of `(*Cache).Put`, and `push_back` of `vector<int>::push_back`.
  private static func withoutReceiver(_ name: String) -> String {
    if name.hasPrefix("("), let end = name.firstIndex(of: ")") {
      let rest = name[name.index(after: end)...].drop { $0 == "." }
      return rest.isEmpty ? name : String(rest)
    }
    var depth = 0
    var start = name.startIndex
    for (index, character) in zip(name.indices, name) {
      switch character {
      case "<", "(": depth += 1
      case ">", ")": depth -= 1
      case ":" where depth == 0: start = name.index(after: index)
      default: break
      }
    }
    return start < name.endIndex ? String(name[start...]) : name
  }
}
