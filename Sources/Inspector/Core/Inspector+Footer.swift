import ProfileAnalysis

/// Which keys are worth a word in the last row of the screen.
extension Inspector {
  /// The rows of keys worth a word now: help first, then those of the view, quitting last.
  ///
  /// A word is a promise: keys that could only say why they do nothing here are left out.
  package var footer: [KeyBinding] {
    let pane = Panes.all[open]
    let offered = { (row: KeyBinding) in row.hint != nil && isOffered(row.command) }
    let global = GlobalKeys.bindings.filter(offered)
    let first = global.filter { $0.command == .help || $0.command == .search }
      .sorted { $0.command == .help && $1.command != .help }
    let last = global.filter { $0.command == .close }
    let rest = global.filter { row in !(first + last).contains { $0.command == row.command } }
    return settings.effective(first + ownRows + rest + last, in: pane.name.lowercased())
  }

  /// The keys that the last row of the screen tells: those of a line while it is typed, none under a
  /// popup, which tells its own, and else the footer.
  var keyRow: [KeyBinding] {
    switch overlays.last {
    case .prompt(let prompt): prompt.bindings
    case .text, .choice, .store: []
    case nil: footer
    }
  }

  /// The rows of the pane that has the focus whose keys do something in it now.
  private var ownRows: [KeyBinding] {
    guard let session else { return [] }
    let layout = layout
    if focus == .detail, let rect = layout.detail {
      let context = detailContext(session, rect)
      return SymbolDetail.bindings.filter { detail.offers($0.command, in: context) }
    }
    guard hasRows else { return [] }
    let context = context(session, layout)
    return Panes.all[open].bindings.filter {
      $0.hint != nil && panes[open].offers($0.command, in: context)
    }
  }

  /// Whether the open view has rows to work on.
  private var hasRows: Bool {
    guard let session else { return false }
    return panes[open].rowCount(in: context(session, layout)) > 0
  }

  /// Whether a command that all views share has something to do.
  private func isOffered(_ command: Command) -> Bool {
    guard let session else { return true }
    let pane = Panes.all[open]
    switch command {
    // A filter that leaves no row is undone by the same key.
    case .filterRows: return pane.filterRefusal == nil && (hasRows || session.rowFilter != nil)
    case .sortMenu: return pane.fixedOrder == nil && hasRows
    case .focus, .ignore:
      switch panes[open].refinement(for: command, in: context(session, layout)) {
      case .step: return true
      case .refusal: return false
      case nil: return shownSymbol.flatMap { SymbolPattern.of($0, in: session.nodes) } != nil
      }
    case .edit:
      return shownSymbol.flatMap { session.fullPlace(of: $0) } != nil
        || panes[open].place(in: context(session, layout)) != nil
    case .nextSampleType: return session.sampleTypes.count > 1
    case .nextSide: return session.comparison != nil
    case .chooseBase: return session.comparison == nil
    default: return true
    }
  }
}
