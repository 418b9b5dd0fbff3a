import ProfileModel

/// What the samples with each label sum to: for each key its values, as `pprof -tags` counts them.
///
/// A sample with several values under a key counts for each of them. Numbers that read alike in
/// their unit are one value.
public struct LabelTotals: Sendable {
  /// A value of a key.
  public struct Value: Hashable, Sendable {
    /// The label of the first sample that has it; numbers that read alike can have others.
    public let label: Label
    /// The value as text, numbers with their unit. May be invalid UTF-8.
    public let text: [UInt8]
    /// What the samples with it sum to.
    public let sum: Int64
  }

  /// A key of labels.
  public struct Key: Hashable, Sendable {
    public let id: StringID
    /// May be invalid UTF-8.
    public let name: [UInt8]
    /// What its values sum to together.
    public let sum: Int64
    /// The heaviest first, by magnitude, then by text.
    public let values: [Value]
  }

  /// The keys that any sample has, by name.
  public let keys: [Key]

  /// No keys.
  public init() { keys = [] }

  /// Adds up `values`, one for each sample of the profile. Sums wrap around at 64 bits.
  ///
  /// - Parameters:
  ///   - outputUnit: what numbers are converted to; `auto` finds one for each.
  ///   - unit: the unit in which the numbers under a key are given.
  /// - Complexity: O(*n*) in samples and in distinct sets of labels.
  public init(
    _ profile: Profile, values: Column<Int64>, outputUnit: String = "auto",
    unit: (StringID) -> String
  ) {
    let sums = LabelSums(profile, values: values)
    var byKey: [StringID: [[UInt8]: Value]] = [:]
    for (label, sum) in zip(sums.labels, sums.sums) {
      let text = Self.text(of: label, in: profile.strings, outputUnit: outputUnit, unit: unit)
      let known = byKey[label.key]?[text]
      byKey[label.key, default: [:]][text] = Value(
        label: known?.label ?? label, text: text, sum: (known?.sum ?? 0) &+ sum)
    }
    keys = byKey.map { id, values in
      Key(
        id: id, name: profile.strings.withBytes(of: id) { Array($0) },
        sum: values.values.reduce(0) { $0 &+ $1.sum },
        values: values.values.sorted(by: Self.isOrdered))
    }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func text(
    of label: Label, in strings: StringTable, outputUnit: String, unit: (StringID) -> String
  ) -> [UInt8] {
    guard label.isNumeric else { return strings.withBytes(of: label.string) { Array($0) } }
    let text = Measurement.scaledLabel(label.number, from: unit(label.key), to: outputUnit)
    return Array(text.utf8)
  }

  private static func isOrdered(_ left: Value, _ right: Value) -> Bool {
    let (a, b) = (left.sum.wrappingMagnitude, right.sum.wrappingMagnitude)
    if a != b { return a > b }
    return left.text.lexicographicallyPrecedes(right.text)
  }
}

/// The distinct labels of a profile in the order of the first sample with each, and their sums.
private struct LabelSums {
  private(set) var labels: [Label] = []
  private(set) var sums: [Int64] = []

  init(_ profile: Profile, values: Column<Int64>) {
    guard profile.samples.hasLabels else { return }
    var ofSets = [Int64](repeating: 0, count: profile.labelSets.count)
    var isUsed = [Bool](repeating: false, count: profile.labelSets.count)
    let column = profile.samples.labelSetColumn
    let (sets, weights) = (column.span, values.span)
    for sample in sets.indices {
      ofSets[sets[sample].index] &+= weights[sample]
      isUsed[sets[sample].index] = true
    }
    var places: [Label: Int] = [:]
    for set in ofSets.indices where isUsed[set] {
      for label in profile.labelSets[LabelSetID(set)] {
        // A key has one unit, whatever each sample says.
        var label = label
        label.unit = .empty
        let place = places[label] ?? labels.count
        if place == labels.count {
          places[label] = place
          labels.append(label)
          sums.append(0)
        }
        sums[place] &+= ofSets[set]
      }
    }
  }
}
