/// Which of a live source's profiles is wanted.
package enum LiveChoice: Hashable, Sendable {
  /// What the address says.
  case whole
  /// One that the server lists, by its name.
  case offer(String)
  /// Profiles out of a store.
  case stored(StoredChoice)
}

/// Profiles of a program over a stretch of time.
package struct StoredChoice: Hashable, Sendable {
  package var service: String
  /// What the store calls the type.
  package var type: String
  /// In milliseconds since 1970.
  package var from, until: Int64
  /// Whether what is in use is summed over the time.
  package var sums: Bool
  /// What other labels have to be.
  package var labels: [String: String]

  package init(
    service: String, type: String, from: Int64, until: Int64, sums: Bool = false,
    labels: [String: String] = [:]
  ) {
    self.service = service
    self.type = type
    self.from = from
    self.until = until
    self.sums = sums
    self.labels = labels
  }
}

extension LiveChoice {
  /// The sample type that was chosen; nil where any will do.
  package var sampleType: String? {
    guard case .stored(let choice) = self else { return nil }
    return choice.type.split(separator: ":").dropFirst().first.map(String.init)
  }
}

/// What there is to choose from.
package enum LiveOffers: Hashable, Sendable {
  /// The profiles that a server lists.
  case profiles([ListedProfile])
  /// The programs of a store, and the instant that it was asked at.
  case services([ListedService], over: StoredSpan, labels: [String: String])
}

/// A profile that a server lists.
package struct ListedProfile: Hashable, Sendable {
  package let name: String
  /// How many entries it has; nil where that is not told.
  package let count: Int?
  /// What is measured; empty where not known.
  package let summary: String

  package init(name: String, count: Int?, summary: String) {
    self.name = name
    self.count = count
    self.summary = summary
  }
}

/// A program of a store.
package struct ListedService: Hashable, Sendable {
  package let name: String
  package let types: [ListedType]

  package init(name: String, types: [ListedType]) {
    self.name = name
    self.types = types
  }
}

/// What a stored profile measures.
package struct ListedType: Hashable, Sendable {
  /// What the store calls it.
  package let id: String
  package let name: String
  package let unit: String
  /// Whether each profile has what happened since the one before, and not what is there.
  package let isDelta: Bool

  package init(id: String, name: String, unit: String, isDelta: Bool) {
    self.id = id
    self.name = name
    self.unit = unit
    self.isDelta = isDelta
  }
}

/// A stretch of time, in milliseconds since 1970.
package struct StoredSpan: Hashable, Sendable {
  package let start, end: Int64
  /// How instants are told, in minutes: `20:56`.
  package let label: @Sendable (Int64) -> String

  package init(start: Int64, end: Int64, label: @escaping @Sendable (Int64) -> String) {
    self.start = start
    self.end = end
    self.label = label
  }

  package static func == (left: StoredSpan, right: StoredSpan) -> Bool {
    left.start == right.start && left.end == right.end
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(start)
    hasher.combine(end)
  }
}

/// What a picker asks a store.
package enum StoreQuestion: Hashable, Sendable {
  /// The programs of the last so many seconds.
  case services(seconds: Int)
  /// What was measured over time.
  case moments(StoredChoice)
  /// What labels the program's profiles have.
  case labels(StoredChoice)
}

/// What a store answers a picker.
package enum StoreAnswer: Sendable {
  case services([ListedService], over: StoredSpan)
  /// The measurements of the choice; `areSingle` where each is a profile by itself.
  case moments([StoredMoment], of: StoredChoice, areSingle: Bool)
  /// The values of each label, by name.
  case labels([String: [String]], of: StoredChoice)
  case failed(Failure)
}

/// What was measured at a time.
package struct StoredMoment: Hashable, Sendable {
  /// In milliseconds since 1970.
  package let time: Int64
  package let value: Int64

  package init(time: Int64, value: Int64) {
    self.time = time
    self.value = value
  }
}
