import ProfileModel

/// What is done to profiles once they are read, before any report.
///
/// Add each source to a `ProfileMerger` as `prepared(_:)` gives it, and each base to another; then
/// `combined(source:base:notices:)` makes the profile that reports are about.
public struct SourcePipeline: Sendable {
  /// How the base counts, if there is one.
  public var comparison = Comparison.subtraction
  /// Whether to scale the source to the sums of the base; needs a base.
  public var normalizes = false
  /// Whether samples are only added up, so that equal ones need not be one.
  public var isForSums = false
  /// How names are made simpler; nil to leave them.
  public var naming: NameSimplification?
  /// Whether to keep the frames that the profile says are of no interest.
  public var keepsAllFrames = false
  /// A comment to add; empty for none.
  public var comment = ""
  /// The file name to give the main binary; empty to leave it.
  public var executable = ""
  /// The build id to give the main binary if it has none.
  public var buildID = ""

  public init() {}

  /// The profile of one file with what is known of its main binary from elsewhere.
  public func prepared(_ profile: Profile) -> Profile {
    profile.withSomeMapping().withMainBinary(executable: executable, buildID: buildID)
  }

  /// The profile for reports.
  ///
  /// - Parameters:
  ///   - source: the sources, merged.
  ///   - base: the bases, merged, if there are any.
  ///   - symbolizing: names the addresses that have no names.
  public func combined(
    source: Profile, base: Profile?, symbolizing: (Profile) -> Profile = { $0 },
    notices: inout [FilterNotice]
  ) throws(MergeError) -> Profile {
    var result = source
    if let base {
      result = try source.compared(
        to: base, as: comparison, normalizes: normalizes, isForSums: isForSums)
    }
    if keepsAllFrames {
      var header = result.header
      header.dropFrames = ""
      header.keepFrames = ""
      result = result.replacing(header: header)
    }
    result = symbolizing(result)
    if let naming { result = result.simplifyingNames(naming) }
    result = result.droppingUninterestingFrames(notices: &notices).withoutAddressesAsFiles()
    if !comment.isEmpty {
      var header = result.header
      header.comments.append(comment)
      result = result.replacing(header: header)
    }
    return result
  }
}

extension Profile {
  /// The profile, with a nameless mapping for all its locations where it has no mapping at all.
  func withSomeMapping() -> Profile {
    guard mappings.isEmpty else { return self }
    var mapping = Mapping()
    mapping.id = 1
    let table = LocationTable(
      ids: locations.ids, addresses: locations.addresses,
      mappings: Column(repeating: MappingID(0), count: locations.count),
      areFolded: locations.areFolded, lineStarts: locations.lineStarts, lines: locations.lines)
    return replacing(mappings: [mapping], locations: table)
  }

  /// The profile with another file for its first mapping, and a build id where that has none.
  func withMainBinary(executable: String, buildID: String) -> Profile {
    guard !executable.isEmpty || !buildID.isEmpty, var main = mappings.first else { return self }
    if !executable.isEmpty { main.file = executable }
    if main.buildID.isEmpty { main.buildID = buildID }
    return replacing(mappings: [main] + mappings.dropFirst())
  }

  /// The profile without the mapped files that are addresses on the web: `pprof` puts the address
  /// that it fetched a profile from where the binary is not known.
  func withoutAddressesAsFiles() -> Profile {
    func isAddress(_ mapping: Mapping) -> Bool {
      mapping.buildID.isEmpty && WebAddress.isAbsolute(mapping.file)
    }
    guard mappings.contains(where: isAddress) else { return self }
    return replacing(
      mappings: mappings.map { mapping in
        var mapping = mapping
        if isAddress(mapping) { mapping.file = "" }
        return mapping
      })
  }
}

/// Tells addresses on the web from file names.
enum WebAddress {
  /// Whether `text` reads as an address with a scheme, as `http://host/path`.
  static func isAbsolute(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    func isInScheme(_ byte: UInt8) -> Bool {
      isLetter(byte) || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
    }
    return isLetter(bytes[0]) && bytes[..<colon].allSatisfy(isInScheme)
      && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
