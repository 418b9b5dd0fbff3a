import ProfileModel

/// The units in which the numbers under each label key are read: one for each key.
///
/// The first unit that a sample gives for a key stands for all its numbers. A key without any unit
/// has its own name for one (so `bytes` are bytes), but for two that older profiles are known by.
public struct LabelUnits: Sendable {
  /// A key with more than one unit.
  public struct Mixture: Hashable, Sendable {
    public let key: String
    public let used: String
    /// The other units, in order of bytes.
    public let ignored: [String]
  }

  /// The keys with more than one unit, in order of bytes.
  public let mixtures: [Mixture]
  private let units: [StringID: String]

  /// - Complexity: O(*n*) in samples, and in distinct labels.
  public init(_ profile: Profile) {
    var found: [StringID: StringID] = [:]
    var ignored: [StringID: Set<StringID>] = [:]
    for set in profile.labelSetsInUse() {
      for label in profile.labelSets[set] where label.isNumeric {
        let known = found[label.key] ?? .empty
        if known == .empty {
          found[label.key] = label.unit
        } else if label.unit != .empty, label.unit != known {
          ignored[label.key, default: []].insert(label.unit)
        }
      }
    }
    let strings = profile.strings
    var units: [StringID: String] = [:]
    for (key, unit) in found {
      let name = strings[key]
      let isBytes = name == "alignment" || name == "request"
      units[key] = unit == .empty ? (isBytes ? "bytes" : name) : strings[unit]
    }
    self.units = units
    mixtures = ignored.keys.sorted { strings.isOrdered($0, before: $1) }.map { key in
      let others = (ignored[key] ?? []).sorted { strings.isOrdered($0, before: $1) }
      return Mixture(key: strings[key], used: units[key] ?? "", ignored: others.map { strings[$0] })
    }
  }

  /// The unit of the numbers under `key`, a string of the same profile; empty where it has none.
  public subscript(key: StringID) -> String { units[key] ?? "" }

  /// What to tell a user about keys with more than one unit.
  public var notices: [FilterNotice] {
    mixtures.map { .mixedUnits(key: $0.key, used: $0.used, others: $0.ignored) }
  }
}

extension Profile {
  /// The label sets that samples have, in the order of the first sample with each.
  func labelSetsInUse() -> [LabelSetID] {
    guard samples.hasLabels else { return samples.count > 0 ? [.empty] : [] }
    var isSeen = [Bool](repeating: false, count: labelSets.count)
    var result: [LabelSetID] = []
    for set in samples.labelSetColumn where !isSeen[set.index] {
      isSeen[set.index] = true
      result.append(set)
    }
    return result
  }
}
