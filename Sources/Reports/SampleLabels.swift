import ProfileAnalysis
import ProfileModel

/// The labels of one sample, gathered by key as pprof prints them.
struct SampleLabels {
  /// A key and what it has: values of text or numbers.
  struct Group {
    let key: StringID
    var labels: [Label]
  }

  /// The keys of labels with text, each with its labels.
  private(set) var texts: [Group] = []
  /// The keys of labels with numbers, each with its labels.
  private(set) var numbers: [Group] = []

  init(_ labels: some Sequence<Label>) {
    for label in labels {
      if label.isNumeric {
        Self.add(label, to: &numbers)
      } else {
        Self.add(label, to: &texts)
      }
    }
  }

  private static func add(_ label: Label, to groups: inout [Group]) {
    if let index = groups.firstIndex(where: { $0.key == label.key }) {
      groups[index].labels.append(label)
    } else {
      groups.append(Group(key: label.key, labels: [label]))
    }
  }

  /// The labels as `key:value`, in order of keys, text before numbers.
  func list(of profile: Profile, units: LabelUnits) -> [String] {
    let strings = profile.strings
    let isOrdered = { (a: Group, b: Group) in strings.isOrdered(a.key, before: b.key) }
    return (texts.sorted(by: isOrdered) + numbers.sorted(by: isOrdered)).flatMap { group in
      group.labels.map { label in
        let value =
          label.isNumeric
          ? Measurement.label(label.number, unit: units[label.key]) : strings[label.string]
        return "\(strings[label.key]):\(value)"
      }
    }
  }
}

extension Array where Element == UInt8 {
  mutating func append(_ string: StringID, of table: StringTable) {
    table.withBytes(of: string) { append(contentsOf: $0) }
  }

  mutating func append(_ text: String) { append(contentsOf: text.utf8) }

  /// Appends the string with blanks before it, so that it is `width` characters wide or more.
  mutating func append(_ string: StringID, of table: StringTable, rightAlignedIn width: Int) {
    let count = table[string].unicodeScalars.count
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: Swift.max(0, width - count)))
    append(string, of: table)
  }
}
