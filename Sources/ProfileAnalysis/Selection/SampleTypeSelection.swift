import ProfileModel

/// Which of a profile's sample types a report is about.
public enum SampleTypeSelection {
  /// The index of the sample type that `name` asks for.
  ///
  /// - Parameter name: an index; the name of a type, also with `inuse_` before it; or empty for
  ///   the profile's default, which is its last type where it names none of them.
  public static func index(
    named name: String, in header: ProfileHeader
  ) throws(SampleTypeSelectionError) -> Int {
    let types = header.sampleTypes
    guard !types.isEmpty else { throw .noSampleTypes }
    if name.isEmpty {
      let wanted = header.defaultSampleType
      let chosen = wanted.isEmpty ? nil : types.firstIndex { isSame($0.type, wanted) }
      return chosen ?? types.count - 1
    }
    if let index = Int(name) {
      guard types.indices.contains(index) else {
        throw .indexOutOfRange(name, count: types.count)
      }
      return index
    }
    let withoutPrefix = name.hasPrefix("inuse_") ? String(name.dropFirst(6)) : name
    let found = types.firstIndex { isSame($0.type, name) || isSame($0.type, withoutPrefix) }
    guard let found else { throw .unknownType(name, types: types.map(\.type)) }
    return found
  }

  /// By bytes: names that merely look alike are different types.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}

/// Why no sample type was chosen.
public enum SampleTypeSelectionError: Error, Hashable {
  case noSampleTypes
  /// The index as it was written.
  case indexOutOfRange(String, count: Int)
  case unknownType(String, types: [String])
}

extension SampleTypeSelectionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSampleTypes:
      return "profile has no samples"
    case .indexOutOfRange(let index, let count):
      return "sample_index \(index) is outside the range [0..\(count - 1)]"
    case .unknownType(let name, let types):
      let list = types.joined(separator: " ")
      return "sample_index \(name.debugDescription) must be one of: [\(list)]"
    }
  }
}
