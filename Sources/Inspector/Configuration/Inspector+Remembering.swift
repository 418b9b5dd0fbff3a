import TerminalUI

/// What a profile is opened with.
package struct Recollection: Sendable {
  /// What is known from earlier runs.
  package var state = RememberedState()
  /// The sample type that the configuration prefers; empty for the profile's default.
  package var sampleType = ""
  /// The order that the configuration prefers.
  package var sort = SortOrder.Key.flat
  /// Whether the sample type is still open: the command line may have one.
  package var choosesType = false
  /// Whether the order is still open: the command line may have one.
  package var choosesSort = false

  package init() {}
}

extension Inspector {
  /// Goes on where earlier runs left off, once a profile is open.
  package mutating func recall(_ recollection: Recollection) {
    self.recollection = recollection
    savedSets = recollection.state.sets
    for (word, lines) in recollection.state.history {
      if let purpose = Prompt.Purpose(word: word) { history[purpose] = lines }
    }
  }

  /// Shows a profile that was just opened as its kind was looked at last.
  mutating func recall(in session: inout ProfileSession) {
    let look = recollection.state.look(at: session.kind)
    if recollection.choosesType {
      let wanted = [look?.sampleType, recollection.sampleType].compactMap { $0 }
      let types = session.sampleTypes.map(\.type)
      let found = wanted.first { !$0.isEmpty && types.contains($0) }
      if let index = found.flatMap({ types.firstIndex(of: $0) }) { session.showSampleType(index) }
    }
    if recollection.choosesSort {
      session.order = look?.sort ?? SortOrder(key: recollection.sort)
    }
    if let view = look?.view, let index = Panes.all.firstIndex(where: { $0.name == view }) {
      open = index
    }
  }

  /// What earlier runs knew, with what this one adds.
  ///
  /// - Parameter state: what is known by now, others' runs included.
  package func remembered(in state: RememberedState) -> RememberedState {
    var state = state
    if let session {
      var look = RememberedState.Look()
      look.view = Panes.all[open].name
      look.sort = session.order
      look.sampleType = session.valueType.type
      state.remember(look, of: session.kind)
    }
    for (purpose, lines) in history {
      guard let word = purpose.word else { continue }
      let before = (state.history[word] ?? []).filter { !lines.contains($0) }
      state.history[word] = before + lines
    }
    state.sets = savedSets
    return state
  }
}

extension ProfileSession {
  /// What tells profiles of one kind from others: what they measure.
  var kind: String {
    let period = whole.header.periodType.map { ["\($0.type)/\($0.unit)"] } ?? []
    let types = sampleTypes.map { "\($0.type)/\($0.unit)" }
    return String((types + period).joined(separator: ",").prefix(400))
  }
}

extension Prompt.Purpose {
  /// The word for what was typed at the prompt; nil where that is not kept.
  var word: String? {
    switch self {
    case .search: "search"
    case .filter: "filter"
    case .command: "command"
    case .refine(let kind): kind.rawValue
    case .write: nil
    }
  }

  init?(word: String) {
    switch word {
    case "search": self = .search
    case "filter": self = .filter
    case "command": self = .command
    default:
      guard let kind = Refinement.Kind(rawValue: word) else { return nil }
      self = .refine(kind)
    }
  }
}
