import ProfileAnalysis
import TerminalUI

/// Chooses a program of a store, a type, a time, and of that a window or a single profile.
package struct StorePicker: Hashable, Sendable {
  package enum Row: Int, CaseIterable, Sendable {
    case service, type, range, labels, window
  }

  /// What to do after a key.
  enum Outcome: Hashable, Sendable {
    case none
    case ask(StoreQuestion)
    case choose(Row)
    /// Open the choice, beside the base where there is one.
    case open
    case leave
  }

  private(set) var services: [ListedService]
  private(set) var span: StoredSpan
  private(set) var service = 0
  private(set) var type = 0
  private(set) var labels: [String: String]
  /// What labels there are to choose from; nil before they came.
  private(set) var labelValues: [String: [String]]?
  /// What was measured over the time; nil before it came.
  private(set) var moments: [StoredMoment]?
  private(set) var areSingle = false
  /// Of the moments, those that are wanted.
  private(set) var window = 0..<0
  var row = Row.window
  /// What went wrong, or what to know.
  var note = ""
  /// What the choice is to be compared with.
  private(set) var base: StoredChoice?

  init(_ services: [ListedService], over span: StoredSpan, labels: [String: String]) {
    self.services = services
    self.span = span
    self.labels = labels
    chooseUsualType()
  }

  /// The ranges that are offered, in seconds back from now.
  static let ranges = [900, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600]

  var shownService: ListedService? { services.indices.contains(service) ? services[service] : nil }
  var shownType: ListedType? {
    guard let types = shownService?.types, types.indices.contains(type) else { return nil }
    return types[type]
  }

  /// All of the time, for questions; nil where the store has nothing.
  var whole: StoredChoice? {
    guard let service = shownService, let type = shownType else { return nil }
    return StoredChoice(
      service: service.name, type: type.id, from: span.start, until: span.end, labels: labels)
  }

  /// What the window stands for; nil where it is empty.
  var choice: StoredChoice? {
    guard var choice = whole, let type = shownType, let moments, !window.isEmpty,
      moments.indices.contains(window.lowerBound), window.upperBound <= moments.count
    else { return nil }
    if window.count == moments.count, type.isDelta || moments.count > 1 {
      choice.sums = !type.isDelta
      return choice
    }
    choice.from = window.lowerBound > 0 ? moments[window.lowerBound - 1].time &+ 1 : span.start
    choice.until = moments[window.upperBound - 1].time &+ 1
    choice.sums = !type.isDelta && window.count > 1
    return choice
  }

  private mutating func chooseUsualType() {
    let types = shownService?.types ?? []
    type =
      types.firstIndex { $0.name == "inuse_space" } ?? types.firstIndex { $0.name == "cpu" } ?? 0
  }

  // MARK: Answers

  mutating func take(_ answer: StoreAnswer) -> StoreQuestion? {
    switch answer {
    case .services(let services, let span):
      let name = shownService?.name
      let id = shownType?.id
      (self.services, self.span) = (services, span)
      service = services.firstIndex { $0.name == name } ?? 0
      if let kept = shownService?.types.firstIndex(where: { $0.id == id }) {
        type = kept
      } else {
        chooseUsualType()
      }
      return askForMoments()
    case .moments(let moments, let choice, let areSingle):
      guard choice == whole else { return nil }
      self.moments = moments
      self.areSingle = areSingle
      // Of what is in use the last profile, of what happened all.
      let isDelta = shownType?.isDelta ?? false
      window = isDelta ? 0..<moments.count : max(moments.count - 1, 0)..<moments.count
      note = moments.isEmpty ? "nothing was measured in this time" : ""
    case .labels(let values, let choice):
      guard choice.service == whole?.service else { return nil }
      labelValues = values
    case .failed(let failure):
      moments = moments ?? []
      note = failure.reason
    }
    return nil
  }

  /// Asks for what the choice was over time.
  mutating func askForMoments() -> StoreQuestion? {
    moments = nil
    window = 0..<0
    note = ""
    guard let whole else {
      moments = []
      note = "no profiles in this time: choose another range"
      return nil
    }
    return .moments(whole)
  }

  // MARK: Choosing

  mutating func choose(_ row: Row, _ index: Int) -> StoreQuestion? {
    switch row {
    case .service:
      guard services.indices.contains(index) else { return nil }
      let name = shownType?.name
      service = index
      labels = [:]
      labelValues = nil
      type = shownService?.types.firstIndex { $0.name == name } ?? 0
      return askForMoments()
    case .type:
      guard shownService?.types.indices.contains(index) == true else { return nil }
      type = index
      return askForMoments()
    case .range:
      guard Self.ranges.indices.contains(index) else { return nil }
      moments = nil
      return .services(seconds: Self.ranges[index])
    case .labels:
      let pairs = labelPairs
      guard pairs.indices.contains(index) else {
        labels = [:]
        return askForMoments()
      }
      labels[pairs[index].name] = pairs[index].value
      return askForMoments()
    case .window: return nil
    }
  }

  /// The labels that can be chosen, by name and value.
  var labelPairs: [(name: String, value: String)] {
    (labelValues ?? [:]).sorted { $0.key < $1.key }.flatMap { name, values in
      values.prefix(200).map { (name, $0) }
    }
  }

  mutating func handle(_ key: Key) -> Outcome {
    if key == .enter, row == .window { return choice == nil ? .none : .open }
    if key == .enter { return .choose(row) }
    switch key {
    case .character("b"):
      guard let choice else { return .none }
      base = base == choice ? nil : choice
      note = base == nil ? "" : "this is the base: choose what to compare with it"
      return .none
    case .character("+"): resize(by: step)
    case .character("-"): resize(by: -step)
    case .character("a"): window = 0..<(moments?.count ?? 0)
    case .character("o"): return choice == nil ? .none : .open
    default: return move(key)
    }
    return .none
  }

  private mutating func move(_ key: Key) -> Outcome {
    switch KeyMap.global[key] {
    case .moveDown: row = Row(rawValue: row.rawValue + 1) ?? row
    case .moveUp: row = Row(rawValue: row.rawValue - 1) ?? row
    case .cancel, .close: return .leave
    default:
      guard [.left, .right, .character("h"), .character("l")].contains(key) else { return .none }
      let isRight = key == .right || key == .character("l")
      if row == .window {
        shift(by: isRight ? step : -step)
      } else if isRight {
        return .choose(row)
      }
    }
    return .none
  }

  /// How many moments a key moves by, so that sixty cross the line.
  private var step: Int { max((moments?.count ?? 0) / 60, 1) }

  private mutating func shift(by count: Int) {
    let limit = (moments?.count ?? 0) - window.count
    let start = min(max(window.lowerBound + count, 0), max(limit, 0))
    window = start..<(start + window.count)
  }

  /// Moves the window's start: to the left makes it wider.
  private mutating func resize(by count: Int) {
    let start = min(max(window.lowerBound - count, 0), max(window.upperBound - 1, 0))
    window = start..<window.upperBound
  }
}
