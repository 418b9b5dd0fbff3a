import ProfileModel

/// The samples with a label: with a value of a key, or with any.
public struct LabelSelection: Hashable, Sendable {
  public let key: StringID
  /// The value as `LabelTotals` has it; nil for any value of the key.
  public let text: [UInt8]?

  public init(key: StringID, text: [UInt8]?) {
    self.key = key
    self.text = text
  }

  /// What each symbol costs itself in these samples, and what they sum to; each counts once, however
  /// many values it has.
  ///
  /// - Parameters:
  ///   - values: one for each sample of the profile.
  ///   - unit: the unit in which the numbers under a key are given.
  /// - Complexity: O(*n*) in samples, stacks and labels.
  public func flat(
    _ profile: Profile, _ nodes: NodeTable, values: Column<Int64>, unit: (StringID) -> String
  ) -> (flat: [Int64], sum: Int64) {
    let isOfSet = labelSets(profile, unit: unit)
    let samples = profile.samples
    var (flat, sum) = ([Int64](repeating: 0, count: nodes.count), Int64(0))
    let leaves = profile.stacks.leaves()
    let (ends, stacks, weights) = (leaves.span, samples.stacks.span, values.span)
    let (starts, locationNodes) = (nodes.locationStarts.span, nodes.locationNodes.span)
    for sample in weights.indices where isOfSet[samples.labelSet(sample).index] {
      sum &+= weights[sample]
      let leaf = ends[stacks[sample].index]
      if leaf.isNone { continue }
      flat[locationNodes[Int(starts[leaf.index])].index] &+= weights[sample]
    }
    return (flat, sum)
  }

  /// By set of labels, whether any of them is meant.
  private func labelSets(_ profile: Profile, unit: (StringID) -> String) -> [Bool] {
    let unit = unit(key)
    return (0..<profile.labelSets.count).map { set in
      profile.labelSets[LabelSetID(set)].contains { label in
        guard label.key == key else { return false }
        guard let text else { return true }
        guard label.isNumeric else {
          return profile.strings.withBytes(of: label.string) { $0.elementsEqual(text) }
        }
        return Measurement.scaledLabel(label.number, from: unit, to: "auto").utf8
          .elementsEqual(text)
      }
    }
  }
}
