import EscapeAnalysis
import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// How the view is drawn, and what is told of the row under the cursor.
extension EscapesPane {
  func words(in context: PaneContext) -> EscapeWords {
    EscapeWords(context.session.profile, context.session.escapes.evidence)
  }

  package func render(in context: PaneContext) -> CellGrid {
    let session = context.session
    guard let tree, !outline.rows.isEmpty else {
      let evidence = session.escapes.evidence
      return EmptyNotice.grid(
        evidence.subject == .other
          ? "no allocations and no CPU time in this profile: escapes are told for heap and cpu profiles"
          : EmptyNotice.reason(session, context.settings), in: context)
    }
    guard hasEvidenceRow(in: context) else {
      return table(context).render(count: outline.rows.count, cursor: cursor, in: context) {
        row($0, tree, EscapeWords(session.profile, session.escapes.evidence), in: context)
      }
    }
    var grid = CellGrid(context.size)
    let size = GridSize(columns: context.size.columns, rows: context.size.rows - 1)
    let inner = PaneContext(
      session: session, size: size, showsHeads: context.showsHeads, isFocused: context.isFocused,
      glyphs: context.glyphs, search: context.search, settings: context.settings)
    let words = EscapeWords(session.profile, session.escapes.evidence)
    let list = table(inner).render(count: outline.rows.count, cursor: cursor, in: inner) {
      row($0, tree, words, in: inner)
    }
    grid.write(
      evidenceText(in: context, width: max(size.columns - 2, 0)),
      at: GridPoint(row: 0, column: 1), role: .message)
    grid.draw(
      list,
      in: GridRect(row: 1, column: 0, columns: size.columns, rows: size.rows))
    return grid
  }

  /// How much is known how well, and by which program: as much of it as fits.
  private func evidenceText(in context: PaneContext, width: Int) -> String {
    let session = context.session
    let summary = session.escapes.summary(session)
    let evidence = summary.evidence
    func shares(_ tier: (EscapeFinding) -> EvidenceTier) -> String {
      // Changes cancel out in sums: what counts is how much changed either way.
      let sums = summary.magnitudes(by: tier)
      let whole = sums.reduce(0) { $0 &+ $1.amount }
      return sums.filter { $0.amount != 0 }
        .map {
          let tier = $0.tier == .none ? "unknown" : $0.tier.rawValue
          return "\(tier) \(Share.text($0.amount, of: whole))"
        }
        .joined(separator: ", ")
    }
    guard evidence.subject == .memory else {
      return TextFitting.shortenedEnd(
        "time by what the runtime was doing, as the functions on the stack tell", to: width,
        ellipsis: context.glyphs.ellipsis)
    }
    let types = "types: \(shares(\.typeTier))"
    let causes = "  causes: \(shares(\.causeTier))"
    let programs = Self.programs(evidence)
    let alone = programs.map { String($0.drop { $0 == " " }) }
    let forms =
      programs.map { types + causes + $0 } + programs.suffix(1).map { types + $0 }
      + alone.suffix(1).map { "\($0)  \(types)" } + alone
    return forms.first { DisplayWidth.fits($0, width) }
      ?? TextFitting.shortenedEnd(forms.last ?? "", to: width, ellipsis: context.glyphs.ellipsis)
  }

  /// What to say of the program, the longest form first.
  private static func programs(_ evidence: EscapeEvidence) -> [String] {
    guard let verdict = evidence.verdictText else { return [""] }
    let note = evidence.binaryNote
    guard !note.isEmpty else {
      guard case .used(let matching, let compared) = evidence.binary else {
        return ["  \(verdict)", "  types need the program: give it first, or as --binary"]
      }
      return ["  \(verdict)", "  \(matching) of \(compared) match"]
    }
    let open = note.lastIndex(of: "(") ?? note.endIndex
    let name = note[..<open].split(separator: "/").last ?? ""
    let file = name.hasSuffix(" ") ? name.dropLast() : name
    let long = "  \(file)\(open == note.endIndex ? "" : " \(note[open...])"): \(verdict)"
    return if case .used(let matching, let compared) = evidence.binary {
      [long, "  \(file) \(matching) of \(compared) match"]
    } else {
      [long, "  \(file): \(verdict)"]
    }
  }

  private func row(
    _ index: Int, _ tree: EscapeTree, _ words: EscapeWords, in context: PaneContext
  ) -> TableRow {
    let row = outline.rows[index]
    let node = tree.nodes[row.id.node]
    let session = context.session
    let amount = node.amount
    let branches = outline.branches(of: row, glyphs: context.glyphs)
    let whole = words.text(of: node, in: tree)
    // A place whose line is cut out is none: details go first.
    let room = table(context).nameWidth(in: context) - DisplayWidth.of(branches)
    let isWhole = context.size.columns >= 120 && DisplayWidth.fits(whole, max(room, 0))
    var shown = TableRow(
      [session.label(amount.shown), session.share(amount.shown)],
      name: isWhole ? whole : words.text(of: node, in: tree, withDetails: false))
    if hasCounts(session) {
      shown.numbers.append("\(amount.objects)")
      if session.hasTellingMeans { shown.numbers.append(words.mean(amount)) }
    }
    if session.showsChange {
      let role = session.numberRole(amount.shown) {
        session.escapes.sum(of: node.findings, inColumn: $0, session)
      }
      shown.numberRoles = [role, role]
    }
    shown.branches = branches
    shown.nameRole = row.depth == 0 ? .title : .name
    shown.isMatch = context.search?.query.occurs(in: whole) ?? false
    return shown
  }

  /// Changes have no mean.
  private func hasCounts(_ session: ProfileSession) -> Bool {
    !session.showsChange && session.escapeMeasure.objects != nil
      && session.valueType.unit != "count"
  }

  private func table(_ context: PaneContext) -> TableWidget {
    let isNarrow = context.size.columns < 60
    var columns = [
      TableColumn(
        "FLAT", width: context.session.showsChange && !isNarrow ? 10 : 9, rank: 0, nameFloor: 6),
      TableColumn("FLAT%", width: 6, rank: 1, nameFloor: isNarrow ? .max : 20),
    ]
    if hasCounts(context.session) {
      columns.append(
        TableColumn(context.session.countHead, width: 8, rank: 3, nameFloor: 52))
      if context.session.hasTellingMeans {
        columns.append(TableColumn("AVG", width: 8, rank: 2, nameFloor: 52))
      }
    }
    let isTime = context.session.escapes.isOfTime
    let title =
      switch arrangement {
      case .byCause: isTime ? "OPERATION / PLACE" : "OPERATION / TYPE / PLACE"
      case .byType: "TYPE / OPERATION / PLACE"
      case .bySite: isTime ? "PLACE / OPERATION" : "PLACE / OPERATION AND TYPE"
      }
    return TableWidget(columns: columns, nameTitle: title)
  }

  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    guard let tree, let node = selectedNode else { return nil }
    let words = words(in: context)
    let session = context.session
    let unit = session.valueType.unit
    var facts = ["\(session.label(node.amount.shown)) \(session.share(node.amount.shown))"]
    if session.showsChange,
      let compared = session.compared({
        session.escapes.sum(of: node.findings, inColumn: $0, session)
      })
    {
      facts = [
        compared.changeText(unit: unit, glyphs: context.glyphs),
        compared.sidesText(unit: unit, glyphs: context.glyphs),
      ]
    }
    let finding = node.findings.first.map { session.escapes.evidence.findings[$0] }
    if let finding, session.escapes.isOfMemory {
      facts.append(words.evidence(of: finding))
    }
    let mean = session.showsChange ? "" : words.mean(node.amount)
    if !mean.isEmpty { facts.append("avg \(mean)") }
    facts += words.details(node)
    return SelectionFacts(
      name: words.text(of: node, in: tree, withDetails: false), facts: facts)
  }
}
