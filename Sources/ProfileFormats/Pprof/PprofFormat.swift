import ProfileModel

/// pprof's own format: the messages of profile.proto in protobuf's encoding.
///
/// What is valid is what `go tool pprof` takes for valid: fields in any order, packed lists or single
/// elements, unknown fields skipped, the last of a field that should be there once.
public struct PprofFormat: ProfileFormat {
  public let name = "pprof"

  public init() {}

  /// Whether the first fields are such as a profile has, and not the letters of a text.
  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !bytes.isEmpty, !bytes.isText else { return false }
    var reader = WireReader(bytes)
    do {
      for _ in 0..<8 where !reader.isAtEnd {
        let tag = try reader.tag("profile")
        guard tag.field >= 1, tag.field < 1 << 29 else { return false }
        if tag.field < Self.wireTypes.count {
          guard tag.type == Self.wireTypes[Int(tag.field)] || (tag.field == 13 && tag.type == 2)
          else { return false }
        }
        try reader.skip(tag, "profile")
      }
    } catch .truncated {
      return true
    } catch {
      return false
    }
    return true
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    guard !bytes.isEmpty else { throw .empty }
    let tables = try PprofTables(bytes, progress: progress)
    let typeCount = tables.header.sampleTypes.count
    let count = tables.sampleCount
    let region = tables.sampleRegion
    let parts = try tables.resolved(bytes)
    guard count == 0 || typeCount > 0 else {
      throw .missingSampleTypes(offset: region.lowerBound)
    }
    guard count < UInt32.max - 1 else { throw .tooMany("samples") }
    // Every value takes a byte at least: where there are fewer, no room is made for them.
    guard count == 0 || typeCount <= region.count / count else {
      throw .wrongValueCount(offset: region.lowerBound, values: 0, types: typeCount)
    }
    var samples = PprofSamples(
      count: count, byteCount: region.count, typeCount: typeCount, stringIDs: parts.stringIDs)
    try samples.decode(bytes, region: region, locations: parts.locationMap, progress: progress)
    return try samples.finish(parts)
  }

  /// The wire types of the fields of a profile; there is no field 0.
  private static let wireTypes: [UInt8] = [2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0]
}

extension UnsafeRawBufferPointer {
  /// Whether the beginning has none of the control characters that text has not.
  ///
  /// Every profile in protobuf has some at its beginning, as the lengths of its first fields.
  var isText: Bool {
    prefix(1024).allSatisfy { $0 >= 0x20 && $0 != 0x7f || (9...13).contains($0) || $0 == 0x1b }
  }
}
