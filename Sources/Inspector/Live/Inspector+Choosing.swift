import TerminalUI

/// Choosing what to fetch of a source that has several profiles.
extension Inspector {
  /// Shows what there is to choose from.
  mutating func choose(from offers: LiveOffers) -> [Effect] {
    isReloading = false
    nextSource = nil
    message = nil
    self.offers = offers
    if session == nil { phase = .choosing }
    switch offers {
    case .profiles(let profiles):
      let width = profiles.reduce(0) { max($0, $1.name.count) }
      let items = profiles.map { profile in
        let count = profile.count.map { "\($0)" } ?? ""
        let padding = String(repeating: " ", count: max(8 - count.count, 0))
        return ChoiceMenu.Item(
          label:
            "\(TextFitting.padded(profile.name, to: width))\(padding)\(count)  \(profile.summary)",
          action: .fetch(.offer(profile.name)))
      }
      var menu = ChoiceMenu(title: "profiles of \(home?.live?.server ?? "")", items: items)
      let row = profiles.firstIndex { $0.name == "heap" } ?? 0
      menu.cursor.select(row, count: items.count, height: items.count)
      overlays.append(.choice(menu))
      return []
    case .services(let services, let span, let labels):
      var picker = StorePicker(services, over: span, labels: labels)
      let question = picker.askForMoments()
      overlays.append(.store(picker))
      return ask(question)
    }
  }

  /// Lets another be chosen, as the one that was could not be fetched; nil where there was no choice.
  mutating func choose(after failure: Failure) -> [Effect]? {
    guard home?.live?.choice != .whole, let offers else { return nil }
    home?.live?.choice = .whole
    if var picker {
      picker.note = failure.reason
      phase = .choosing
      overlays.append(.store(picker))
      return []
    }
    let effects = choose(from: offers)
    say("\(failure)", .error)
    return effects
  }

  /// Asks the source again what it has.
  mutating func offerAgain() -> [Effect] {
    guard let home, let live = home.live else {
      say("a file has one profile only", .refusal)
      return []
    }
    guard live.isBrowsable else {
      say("the address names one profile; give that of the server to choose", .refusal)
      return []
    }
    if let picker {
      overlays.append(.store(picker))
      return []
    }
    say("asking \(live.server)")
    return [.browse(home, nil)]
  }

  private func ask(_ question: StoreQuestion?) -> [Effect] {
    guard let home, let question else { return [] }
    return [.browse(home, question)]
  }

  /// The picker on top of the screen, under a menu maybe.
  private var pickerIndex: Int? {
    overlays.lastIndex {
      if case .store = $0 { return true }
      return false
    }
  }

  mutating func take(_ answer: StoreAnswer) -> [Effect] {
    guard let index = pickerIndex, case .store(var picker) = overlays[index] else {
      if case .failed(let failure) = answer { say("\(failure)", .error) }
      return []
    }
    let question = picker.take(answer)
    overlays[index] = .store(picker)
    if case .labels = answer, picker.row == .labels { openMenu(of: picker, .labels) }
    return ask(question)
  }

  mutating func handle(_ key: Key, on picker: StorePicker) -> [Effect] {
    if KeyMap.global[key] == .quit {
      return [.cancelLoad, .quit(session == nil ? .gaveUp : .done)]
    }
    if KeyMap.global[key] == .redraw { return [.redraw] }
    var picker = picker
    let outcome = picker.handle(key)
    overlays[overlays.count - 1] = .store(picker)
    switch outcome {
    case .none: return []
    case .ask(let question): return ask(question)
    case .choose(.labels) where picker.labelValues == nil:
      return ask(picker.whole.map { .labels($0) })
    case .choose(let row):
      openMenu(of: picker, row)
      return []
    case .open:
      guard let choice = picker.choice else { return [] }
      self.picker = picker
      return fetch(.stored(choice), base: picker.base.map { .stored($0) })
    case .leave:
      leaveChoice()
      return []
    }
  }

  private mutating func openMenu(of picker: StorePicker, _ row: StorePicker.Row) {
    let labels: [String]
    var chosen = 0
    switch row {
    case .service:
      labels = picker.services.map(\.name)
      chosen = picker.service
    case .type:
      labels = picker.shownService?.types.map { "\($0.name)  \($0.id)" } ?? []
      chosen = picker.type
    case .range:
      labels = StorePicker.ranges.map {
        $0 < 3600
          ? "the last \($0 / 60) minutes"
          : $0 < 86_400 ? "the last \($0 / 3600) h" : "the last \($0 / 86_400) d"
      }
    case .labels: labels = picker.labelPairs.map { "\($0.name)=\($0.value)" } + ["any"]
    case .window: return
    }
    guard !labels.isEmpty else { return }
    let items = labels.enumerated().map { index, label in
      ChoiceMenu.Item(label: label, action: .pick(row, index))
    }
    var menu = ChoiceMenu(title: "choose", items: items)
    let height = menu.frame(in: size).size.rows - 2
    menu.cursor.select(chosen, count: items.count, height: max(height, 1))
    overlays.append(.choice(menu))
  }

  /// Takes over what a menu of the picker was answered with.
  mutating func pick(_ row: StorePicker.Row, _ index: Int) -> [Effect] {
    overlays.removeLast()
    guard let place = pickerIndex, case .store(var picker) = overlays[place] else { return [] }
    let question = picker.choose(row, index)
    overlays[place] = .store(picker)
    return ask(question)
  }

  /// Fetches what was chosen in the place of what is shown.
  mutating func fetch(_ choice: LiveChoice, base: LiveChoice? = nil) -> [Effect] {
    overlays.removeAll()
    guard var next = home, var live = next.live else { return [] }
    live.choice = choice
    live.base = base
    next.live = live
    guard session != nil else {
      home = next
      source = next
      phase = .loading(.start)
      return [.load(next)]
    }
    isReloading = true
    nextSource = next
    say("fetching \(next.name)")
    return [.load(next)]
  }

  /// Closes what there is to choose from; without a profile nothing is left to look at.
  mutating func leaveChoice() {
    overlays.removeLast()
    if session == nil, overlays.isEmpty { phase = .gaveUp }
  }
}

extension Command {
  package static let choose = Command("choose", "another profile of the same server")
}
