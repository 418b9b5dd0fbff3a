import ProfileModel

/// A profile while it is read in one walk, piece by piece.
///
/// Writers put samples before the tables that they refer to. So samples are decoded as if locations
/// were numbered from 1 on, as they mostly are, and put right at the end. What one walk cannot tell
/// is an error like any damage: whoever meets one reads the file again by `PprofFormat`, which has
/// all of it at hand, and can say what and where.
struct PprofStream: ~Copyable {
  private var tables: PprofTables
  private var samples = PprofSamples(count: 0, byteCount: 0, typeCount: 0, stringIDs: nil)
  /// The sample types that there were before the first sample.
  private var typeCount = 0
  private let unknownLocations = IDMap()
  private let likelyLength: Int

  /// Of more, columns are not made before it is known how many rows they have.
  private static let mostTypes = 256
  /// The most bytes that are kept before those that are read next.
  private static let longestKept = 32 << 10

  private init(likelyLength: Int) {
    self.likelyLength = likelyLength
    tables = PprofTables(byteCount: likelyLength)
  }

  /// The profile that `read` gives piece by piece.
  ///
  /// - Parameters:
  ///   - likelyLength: how many bytes there are in all; may be a guess.
  ///   - limit: more bytes than this are refused.
  ///   - pieceSize: how many bytes are read at once, unless a field has more.
  ///   - isProfile: is asked once, about the first piece, whether to go on.
  ///   - read: fills the room with what comes next and returns how many bytes that is, 0 at the end;
  ///     it is told how many samples there are by now.
  static func decode(
    likelyLength: Int, limit: Int, pieceSize: Int = 256 << 10,
    isProfile: (UnsafeRawBufferPointer) -> Bool,
    read: (_ room: UnsafeMutableRawBufferPointer, _ sampleCount: Int)
      throws(ProfileDecodingError) -> Int
  ) throws(ProfileDecodingError) -> Profile {
    var stream = PprofStream(likelyLength: likelyLength)
    var window = PprofWindow(capacity: pieceSize)
    var length = 0
    while true {
      let isLast = try window.fill { (room) throws(ProfileDecodingError) in
        let count = try read(room, stream.samples.count)
        length += count
        return count
      }
      guard length <= limit else { throw .tooLarge(limit: limit) }
      if window.isFirst, !isProfile(window.bytes) { throw .unrecognized }
      let count = try stream.read(window.bytes, isLast: isLast)
      if isLast { break }
      try stream.advance(&window, by: count)
    }
    return try stream.finish()
  }

  /// Reads the fields of which every byte is there; returns how many bytes they take.
  ///
  /// - Parameter isLast: whether nothing comes after `bytes`.
  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool
  ) throws(ProfileDecodingError) -> Int {
    var reader = WireReader(bytes)
    // A tag has ten bytes at most, and a length as well.
    while isLast ? !reader.isAtEnd : reader.remaining >= 20 {
      let start = reader.offset
      let tag = try reader.tag("profile")
      guard isLast || reader.hasAll(of: tag) else { return start }
      if tag == WireReader.Tag(field: 2, type: 2) {
        if samples.count == 0 { try startSamples() }
        try samples.decode(reader.lengthDelimited("sample"), locations: unknownLocations)
      } else {
        try tables.readField(tag, &reader)
      }
    }
    if isLast { try reader.finish("profile") }
    return reader.offset
  }

  private mutating func startSamples() throws(ProfileDecodingError) {
    typeCount = tables.header.sampleTypes.count
    guard typeCount <= Self.mostTypes else { throw .tooMany("sample types") }
    // Samples of less than 80 bytes are rare, and room that is not used takes no memory.
    samples = PprofSamples(
      count: likelyLength / (72 + 4 * typeCount), byteCount: likelyLength / 2,
      typeCount: typeCount, stringIDs: nil)
  }

  /// Goes on behind the bytes that were read, but for the list that the next one is compared with.
  private mutating func advance(
    _ window: inout PprofWindow, by count: Int
  ) throws(ProfileDecodingError) {
    var list = samples.lastList(in: window.keptBytes)
    // Where other fields came after it, it is not worth the room.
    if let found = list, window.offset + count - found.lowerBound > Self.longestKept { list = nil }
    let moved = try window.advance(by: count, keeping: list?.lowerBound)
    samples.moveLastList(list.map { UnsafeRawBufferPointer(rebasing: moved[0..<$0.count]) })
  }

  private consuming func finish() throws(ProfileDecodingError) -> Profile {
    guard samples.count < UInt32.max - 1 else { throw .tooMany("samples") }
    guard samples.count == 0 || typeCount > 0, typeCount == tables.header.sampleTypes.count else {
      throw .missingSampleTypes(offset: 0)
    }
    let parts = try tables.resolved(UnsafeRawBufferPointer(start: nil, count: 0))
    try samples.resolve(
      locations: parts.locationMap, count: parts.locations.count, stringIDs: parts.stringIDs)
    return try samples.finish(parts)
  }
}

/// The piece of a file that is read at the moment.
struct PprofWindow: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private var end = 0
  /// Where the bytes to be read start: before them are bytes that are kept all the same.
  private(set) var offset = 0
  /// Whether these are the first bytes of the file.
  private(set) var isFirst = true

  /// A field with more bytes is not read in pieces.
  private static let mostCapacity = 64 << 20

  init(capacity: Int) {
    self.capacity = max(capacity, 32)
    memory = .allocate(byteCount: self.capacity, alignment: 64)
  }

  deinit { memory.deallocate() }

  /// The bytes to be read; they stay until the window is filled or moves on.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory + offset, count: end - offset)
  }

  /// The bytes with those before them that are kept.
  var keptBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: end) }

  /// Calls `read` until there is no room left, or nothing more to come: then it returns true.
  mutating func fill(
    _ read: (UnsafeMutableRawBufferPointer) throws(ProfileDecodingError) -> Int
  ) throws(ProfileDecodingError) -> Bool {
    while end < capacity {
      let room = UnsafeMutableRawBufferPointer(start: memory + end, count: capacity - end)
      let count = try read(room)
      precondition(count >= 0 && count <= room.count, "more bytes read than there is room for")
      if count == 0 { return true }
      end += count
    }
    return false
  }

  /// Goes on behind `count` bytes; from `kept` on they are kept, and returned with the others.
  mutating func advance(
    by count: Int, keeping kept: Int?
  ) throws(ProfileDecodingError) -> UnsafeRawBufferPointer {
    precondition(count >= 0 && count <= end - offset, "a window moves over what it has")
    let next = offset + count
    let first = min(kept ?? next, next)
    let left = end - first
    var target = memory
    if left > capacity / 2 {
      // A field that takes more than the window.
      guard capacity < Self.mostCapacity else { throw .outOfMemory(bytes: 2 * capacity) }
      capacity *= 2
      target = .allocate(byteCount: capacity, alignment: 64)
    }
    target.copyMemory(from: memory + first, byteCount: left)
    if target != memory {
      memory.deallocate()
      memory = target
    }
    offset = next - first
    end = left
    isFirst = false
    return keptBytes
  }
}
