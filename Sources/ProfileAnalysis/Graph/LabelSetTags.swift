import ProfileModel

/// The tags that the label sets of a profile make, each once.
struct LabelSetTags {
  /// A tag without values; `set` is the name of the labels that a numeric one goes with, nil for
  /// the tag of such labels themselves.
  private(set) var tags: [(tag: GraphTag, set: [UInt8]?)] = []
  /// By label set, which tags it has.
  private(set) var tagsOfSets: [[Int]] = []

  init(_ profile: Profile, _ tagging: GraphTagging) {
    let formatter = ValueFormatter(from: tagging.bytesUnit, to: tagging.outputUnit)
    var known: [[[UInt8]]: Int] = [:]
    for index in 0..<profile.labelSets.count {
      var names: [[UInt8]] = []
      var numbers: [GraphTag] = []
      for label in profile.labelSets[LabelSetID(index)] {
        let key = profile.strings[label.key]
        if label.isNumeric {
          guard key == "bytes" else { continue }
          let name = Array(formatter.label(label.number).utf8)
          numbers.append(GraphTag(name: name, unit: tagging.bytesUnit, value: label.number))
        } else if key != "pprof::base" {
          let name = profile.strings.withBytes(of: label.key) { Array($0) } + [UInt8(ascii: ":")]
          names.append(profile.strings.withBytes(of: label.string) { name + $0 })
        }
      }
      names.sort { $0.lexicographicallyPrecedes($1) }
      // Graphviz breaks the line at these two characters.
      let set = Array(names.joined(separator: "\\n".utf8))
      var ids: [Int] = []
      if !set.isEmpty { ids.append(id(of: GraphTag(name: set), nil, &known)) }
      ids += numbers.map { id(of: $0, set, &known) }
      tagsOfSets.append(ids)
    }
  }

  /// By tag, the samples that have it, in groups, and how often each sample of a group has it.
  func samplesByTag(of profile: Profile) -> [[(samples: [Int], times: Int)]] {
    var result: [[(samples: [Int], times: Int)]] = Array(repeating: [], count: tags.count)
    for (tags, samples) in samplesByTags(of: profile) {
      var times: [Int: Int] = [:]
      for tag in tags { times[tag, default: 0] += 1 }
      for (tag, times) in times { result[tag].append((samples, times)) }
    }
    return result
  }

  /// The samples that have tags, with those tags; each list of tags once.
  private func samplesByTags(of profile: Profile) -> [(tags: [Int], samples: [Int])] {
    var groups: [(tags: [Int], samples: [Int])] = []
    var groupOfTags: [[Int]: Int] = [:]
    let groupOfSets = tagsOfSets.map { tags -> Int? in
      guard !tags.isEmpty else { return nil }
      if let group = groupOfTags[tags] { return group }
      groups.append((tags, []))
      groupOfTags[tags] = groups.count - 1
      return groups.count - 1
    }
    for sample in profile.samples.indices {
      if let group = groupOfSets[profile.samples.labelSet(sample).index] {
        groups[group].samples.append(sample)
      }
    }
    return groups
  }

  private mutating func id(
    of tag: GraphTag, _ set: [UInt8]?, _ known: inout [[[UInt8]]: Int]
  ) -> Int {
    let key = set.map { [tag.name, $0] } ?? [tag.name]
    if let id = known[key] { return id }
    tags.append((tag, set))
    known[key] = tags.count - 1
    return tags.count - 1
  }
}
