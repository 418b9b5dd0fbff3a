import GoBinary
import ProfileModel

/// A stack of a profile as the reader of allocations asks about it.
struct ProfileStack: AllocationStack {
  let profile: Profile
  /// Leaf first.
  let locations: [LocationID]
  let places: ExecutablePlaces?

  var frameCount: Int { locations.count }

  private func location(ofFrame frame: Int) -> LocationID {
    locations[frame]
  }

  func address(ofFrame frame: Int) -> UInt64? {
    places?.address(of: location(ofFrame: frame), in: profile)
  }

  func functions(ofFrame frame: Int) -> [String] {
    profile.locations.lines(of: location(ofFrame: frame)).map { line in
      // Names for people lack parts: those that are shown may have lost their parentheses.
      let name = profile.strings[profile.functions.systemNames[line.function.index]]
      return name.isEmpty ? profile.name(of: line.function) : name
    }
  }
}

/// Where the locations of a profile lie in an executable.
struct ExecutablePlaces {
  private let image: BinaryImage
  /// Whether each mapping may be of the executable.
  private let isOwn: [Bool]

  init(_ image: BinaryImage, _ profile: Profile) {
    self.image = image
    isOwn = profile.mappings.map { !Self.isLibrary($0.file) }
  }

  /// The address as the file counts; nil for places in other files.
  func address(of location: LocationID, in profile: Profile) -> UInt64? {
    let address = profile.locations.addresses[location.index]
    let mapping = profile.locations.mappings[location.index]
    guard !mapping.isNone else { return address == 0 ? nil : address }
    guard mapping.index < isOwn.count, isOwn[mapping.index] else { return nil }
    let row = profile.mappings[mapping.index]
    guard row.start != 0 else { return address }
    return image.address(
      ofProcessAddress: address, mappedFrom: row.start, fileOffset: row.offset)
  }

  private static func isLibrary(_ file: String) -> Bool {
    guard !file.hasPrefix("[") else { return true }
    let name = file.split(separator: "/").last ?? ""
    return name.hasSuffix(".so") || name.contains(".so.")
  }
}
