import ProfileAnalysis
import TerminalUI

/// What each command does.
extension Inspector {
  mutating func execute(_ command: Command) -> [Effect] {
    guard var session else { return [] }
    if let index = Panes.all.firstIndex(where: { Command.show($0) == command }) {
      show(pane: index)
      return []
    }
    switch command {
    case .nextPane, .previousPane: switchFocus()
    case .toggleDetail: toggleDetail()
    case .maximise: isMaximised.toggle()
    case .goBack where isOwn(command): return delegate(command)
    case .goBack: travel(from: \.past, to: \.future, "nowhere to go back to")
    case .goForward: travel(from: \.future, to: \.past, "nowhere to go forward to")
    case .help:
      overlays.append(
        .text(
          HelpText.popup(
            for: Panes.all[open], glyphs: glyphs, width: size.columns, settings: settings)))
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .cancel where stopFetching(): return [.cancelLoad]
    case .cancel where stopWriting(): return [.cancelWriting]
    case .cancel where !isMaximised && search == nil && isOwn(command): return delegate(command)
    case .cancel: cancel()
    case .close, .quit: return [.quit(.done)]
    case .commandLine: openPrompt(.command)
    case .messages: showMessages()
    case .options: openOptions()
    case .search: openPrompt(.search)
    case .filterRows: openPrompt(.filter)
    case .nextMatch: findMatch(.next)
    case .previousMatch: findMatch(.previous)
    case .searchSymbol: searchSymbol()
    case .nextSampleType: showSampleType(session.sampleType + 1)
    case .previousSampleType: showSampleType(session.sampleType - 1)
    case .sortMenu: openSortMenu()
    case .reverseOrder:
      if let reason = Panes.all[open].fixedOrder {
        say(reason, .refusal)
      } else {
        session.order.isReversed.toggle()
        self.session = session
      }
    case .focus, .ignore, .hide: refineBySelection(command)
    case .focusPattern: openPrompt(.refine(.focus))
    case .ignorePattern: openPrompt(.refine(.ignore))
    case .foldRecursion: toggle(Refinement(.foldRecursion))
    case .projectOnly: toggle(Refinement(.project, projectPattern))
    case .undo: undoRefinement()
    case .clear: clearRefinements()
    case .nextGranularity: showNextGranularity()
    case .toggleShares: toggleShares()
    case .toggleMean: toggleMean()
    case .nextSide, .toggleNormalized, .swapSides: compare(command)
    case .chooseBase:
      openPrompt(.command, text: "diff ")
    case .copyName: return copyName()
    case .copyRow: return copyRow()
    case .write: openWriteMenu()
    case .toggleMouse: return run("set mouse=\(settings.mouse ? "off" : "on")")
    case .edit: return edit()
    case .watch: return toggleWatch()
    case .choose: return offerAgain()
    // There they choose what Enter compares.
    case .previousBase where panes[open] is SeriesPane, .nextBase where panes[open] is SeriesPane:
      return delegate(command)
    case .previousBase, .nextBase: return moveBase(command)
    case .reload where home != nil:
      if !isFetching { say("fetching \(home?.name ?? "") again") }
      return fetch()
    case .reload:
      guard !isReloading else { return [] }
      isReloading = true
      say("reading \(session.name) again")
      return [.load(source)]
    default: return delegate(command)
    }
    return []
  }

  /// Gives the command to the pane that has the focus.
  private mutating func delegate(_ command: Command) -> [Effect] {
    guard let session else { return [] }
    let layout = layout
    var requests: [PaneRequest]?
    if focus == .detail, let rect = layout.detail {
      requests = detail.handle(command, in: detailContext(session, rect))
    } else {
      requests = panes[open].handle(command, in: context(session, layout))
    }
    guard let requests else {
      let isMove = GlobalKeys.moves.contains { $0.command == command }
      say(
        isMove
          ? "there is no row to move to"
          : "\(command.name) does nothing in \(Panes.all[open].name)", .refusal)
      return []
    }
    return requests.flatMap { carryOut($0) }
  }

  /// Whether the open view has something of its own to go back from.
  private func isOwn(_ command: Command) -> Bool { focus == .list && panes[open].takes(command) }

  mutating func carryOut(_ request: PaneRequest) -> [Effect] {
    switch request {
    case .select(let node): session?.selection = node
    case .showCalls(let node): go(to: CallsPane.self, showing: node)
    case .showTree(let node): go(to: CallTreePane.self, showing: node)
    case .showSource(let node, let line):
      go(to: SourcePane.self, showing: node)
      if line != 0 { session?.point(at: line) }
    case .refine(let step): refine(step)
    case .toggle(let step): toggle(step)
    case .compareSteps(let base, let other): return compareSteps(base, other)
    case .tell(let text): say(text)
    case .refuse(let reason): say(reason, .refusal)
    }
    return []
  }

  private mutating func go(to pane: any Pane.Type, showing node: NodeID) {
    guard let index = Panes.all.firstIndex(where: { $0 == pane }) else { return }
    remember()
    session?.selection = node
    panes[index].turnToSelection()
    open = index
    focus = .list
  }

  // MARK: Views

  private mutating func show(pane index: Int) {
    guard index != open else { return }
    remember()
    open = index
    focus = .list
  }

  private mutating func switchFocus() {
    guard hasDetails else { return say(noDetails, .refusal) }
    guard layout.detail != nil || isMaximised else {
      say("only one pane is open: \(settings.key(of: .toggleDetail)) opens the details", .refusal)
      return
    }
    focus = focus == .list ? .detail : .list
  }

  private var noDetails: String { "\(Panes.all[open].name) has no row to show details of" }

  private mutating func toggleDetail() {
    let isShown = layout.detail != nil
    guard hasDetails else { return say(noDetails, .refusal) }
    detailPane = isShown ? .hidden : .shown
    isMaximised = false
    if layout.detail == nil, !isShown {
      say("the screen is too small for two panes", .refusal)
      detailPane = .automatic
    }
  }

  /// Notes where we are before going elsewhere.
  private mutating func remember() {
    guard let place else { return }
    past.append(place)
    if past.count > 200 { past.removeFirst() }
    future = []
  }

  private var place: Place? {
    guard let session else { return nil }
    let subject = panes[open].subject.flatMap {
      session.nodes.indices.contains($0.index) ? session.nodes.identity(of: $0) : nil
    }
    return Place(pane: open, selection: subject ?? session.selectedIdentity)
  }

  private mutating func travel(
    from origin: WritableKeyPath<Self, [Place]>, to target: WritableKeyPath<Self, [Place]>,
    _ reason: String
  ) {
    guard let place, let next = self[keyPath: origin].popLast() else {
      return say(reason, .refusal)
    }
    self[keyPath: target].append(place)
    open = next.pane
    focus = .list
    session?.select(known: next.selection)
    panes[open].turnToSelection()
  }

  private mutating func cancel() {
    if isMaximised {
      isMaximised = false
    } else if search != nil {
      search = nil
    } else {
      say("\(settings.key(of: .close)) quits")
    }
  }

  // MARK: Data

  mutating func showSampleType(_ index: Int) {
    guard var session else { return }
    let types = session.sampleTypes
    guard types.count > 1 else {
      return say("\(session.valueType.type) is all that this profile measures", .refusal)
    }
    session.showSampleType(index)
    self.session = session
    researchIfNeeded()
    let meaning = SampleTypeMeaning.text(session.valueType)
    say(session.valueType.type + (meaning.map { ": \($0)" } ?? ""))
  }

  mutating func show(_ granularity: Granularity) {
    guard var session else { return }
    session.show(granularity)
    self.session = session
    researchIfNeeded()
    say("a row for each \(granularity.noun.one)")
  }

  private mutating func showNextGranularity() {
    if let session { show(session.granularity.next) }
  }

  mutating func toggleShares() {
    guard var session else { return }
    guard session.isPartOfWhole else {
      return say("nothing was filtered: all percentages are of the total", .refusal)
    }
    session.hasRelativeShares.toggle()
    self.session = session
    say("percentages of \(session.hasRelativeShares ? "what the filters leave" : "the total")")
  }

  mutating func toggleMean() {
    guard var session else { return }
    guard session.countType != nil else {
      let type = session.valueType.type
      return say("no mean: \(type) has no count of its own in this profile", .refusal)
    }
    guard !session.showsChange else {
      let side = settings.key(of: .nextSide)
      return say("a change has no mean: \(side) shows the newer or the older", .refusal)
    }
    let views = Panes.all.filter { $0.showsMeans }.map { $0.name }
    guard Panes.all[open].showsMeans else {
      let name = Panes.all[open].name
      return say(
        "\(name) shows sums: means are in \(views.joined(separator: ", "))", .refusal)
    }
    session.showsMeans.toggle()
    self.session = session
    say(session.showsMeans ? "means per \(session.countedThing)" : "sums")
  }

  private mutating func openSortMenu() {
    guard let session else { return }
    if let reason = Panes.all[open].fixedOrder { return say(reason, .refusal) }
    var items: [ChoiceMenu.Item] = [
      .init(key: "f", label: "FLAT: what it costs itself", action: .sort(.flat)),
      .init(key: "c", label: "CUM: with all that it calls", action: .sort(.cumulative)),
      .init(key: "n", label: "name: from A to Z", action: .sort(.name)),
    ]
    // The series has orders of its own.
    if session.showsChange, !(panes[open] is SeriesPane) {
      items += ChangeOrder.allCases.map { order in
        .init(
          key: order.rawValue.first ?? "g", label: order.label, action: .sortChange(order))
      }
    }
    var menu = ChoiceMenu(title: "sort by", items: items)
    let chosen = session.order.change.map { ChoiceMenu.Action.sortChange($0) }
    let row = items.firstIndex { $0.action == chosen ?? .sort(session.order.key) } ?? 0
    menu.cursor.select(row, count: items.count, height: items.count)
    overlays.append(.choice(menu))
  }

  mutating func sort(by key: SortOrder.Key) {
    session?.order = SortOrder(key: key)
  }

  mutating func sort(by change: ChangeOrder) { session?.order.change = change }

  private mutating func copyName() -> [Effect] {
    guard let session, let name = shownName(session) else {
      say("nothing is selected that could be copied", .refusal)
      return []
    }
    return [.copy(SafeText(name).string, what: "the name")]
  }

  /// The name of the selected symbol, or of what else is selected.
  private func shownName(_ session: ProfileSession) -> String? {
    shownSymbol.map { session.nodes.printableName(of: $0) }
      ?? panes[open].selectionFacts(in: context(session, layout))
      .flatMap { $0.name.isEmpty ? nil : $0.name }
  }

  /// Copies the stack that leads to the selection, a frame a line, or else the row as it is shown.
  private func copiedRow(_ session: ProfileSession) -> (text: String, what: String)? {
    let context = context(session, layout)
    if let stack = panes[open].stack, !stack.isEmpty {
      let names = stack.map { SafeText(session.nodes.printableName(of: $0)).string }
      return (names.joined(separator: "\n"), "the stack")
    }
    let grid = panes[open].render(in: context)
    let selected = (0..<grid.size.rows).first { y in
      grid.row(y).contains { $0.style.emphasis != .none }
    }
    guard let selected else { return nil }
    let words = grid.text(row: selected).split(separator: " ", omittingEmptySubsequences: true)
    let row = words.drop { $0 == glyphs.cursor }.joined(separator: " ")
    return row.isEmpty ? nil : (row, "the row")
  }

  private mutating func copyRow() -> [Effect] {
    guard let session, let copied = copiedRow(session) else {
      say("nothing is selected that could be copied", .refusal)
      return []
    }
    return [.copy(copied.text, what: copied.what)]
  }

  private mutating func edit() -> [Effect] {
    guard let session else { return [] }
    if let place = panes[open].place(in: context(session, layout)) { return [.edit(place)] }
    guard let node = shownSymbol else {
      say("nothing is selected whose source could be edited", .refusal)
      return []
    }
    guard let place = session.definition(of: node) else {
      say("the profile names no source file for it", .refusal)
      return []
    }
    return [.edit(place)]
  }

  private mutating func showMessages() {
    let lines = messages.map { PopupLine(left: "", right: $0.text) }
    guard !lines.isEmpty else { return say("no messages so far") }
    overlays.append(.text(TextPopup(title: "messages", lines: lines)))
  }
}

extension Granularity {
  /// What a row is after this, where the user goes through all kinds.
  fileprivate var next: Granularity {
    let order: [Granularity] = [
      .functions, .filefunctions, .files, .packages, .lines, .addresses,
    ]
    let index = order.firstIndex(of: self) ?? 0
    return order[(index + 1) % order.count]
  }
}
