import ProfileModel

/// The order in which labels are compared: text before numbers, then by the bytes of the key.
enum LabelOrder {
  /// The labels in order; those with the same key stay as they are to each other.
  static func sorted(_ labels: some Collection<Label>, _ strings: StringTable) -> [Label] {
    guard labels.count > 1 else { return Array(labels) }
    return labels.sorted {
      if $0.isNumeric != $1.isNumeric { return $1.isNumeric }
      return strings.isOrdered($0.key, before: $1.key)
    }
  }
}
