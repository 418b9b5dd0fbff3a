import ProfileModel

/// Heap profiles as text: those of tcmalloc (both versions, growth and fragmentation too), and of Go
/// with `debug=1`.
///
///     heap profile: 4: 2048 [ 10: 20480] @ heap_v2/524288
///        1:  1024 [   4:  4096] @ 0x401000 0x402000
public struct HeapFormat: ProfileFormat {
  public let name = "heap text"

  private let readsComments: Bool

  /// - Parameter readsComments: whether the comments that Go writes below stacks are read.
  public init(readsComments: Bool = true) { self.readsComments = readsComments }

  public var withoutSymbols: (any ProfileFormat)? { HeapFormat(readsComments: false) }

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var lines = TextLines(bytes)
    return lines.advance() && HeapHeader(lines.line) != nil
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    guard lines.advance(), let kind = HeapHeader(lines.line) else { throw .unrecognized }
    var profile = AddressProfile(header: kind.profileHeader)
    let key = profile.string("bytes")
    var comments = SymbolComments(isRead: readsComments)
    while lines.advance() {
      let line = lines.line.trimmed
      if line.isBlankOrComment {
        comments.read(line, into: &profile)
        continue
      }
      if MemoryMap.isAnnounced(by: line) { break }
      try lines.report(progress, bytes, sampleCount: profile.sampleCount)
      comments.finishSample(of: &profile)
      let row = try HeapRow(lines, format: name, kind: kind)
      var stack: [UInt32] = []
      // Callers stand behind their call: the byte before belongs to it.
      guard row.stack.forEachAddress({ stack.append(profile.index(of: $0 &- 1)) }) else {
        throw lines.malformed(name, "an address has more than 64 bits")
      }
      let size = Label(key: key, number: row.blockSize, unit: .empty)
      profile.addSample(stack, values: row.values, labels: [size])
    }
    comments.finishSample(of: &profile)
    MemoryMap.skip(to: &lines)
    return try profile.finish(memoryMap: &lines, format: name)
  }
}

/// What the first line of a heap profile says.
private struct HeapHeader {
  /// Bytes between two samples.
  var rate: Int64 = 1
  /// Whether values are those of the samples, to be scaled up to all allocations.
  var isSampled = false
  /// Whether allocations that were freed are told from those in use.
  var hasAllocations = false

  init?(_ line: TextSlice) {
    guard var cursor = Self.start(line) else { return nil }
    guard let inUse = cursor.heapPair(), cursor.skipSpaces() >= 0, cursor.skip("["),
      cursor.skipSpaces() >= 0, let allocated = cursor.heapPair(), cursor.skipSpaces() >= 0,
      cursor.skip("]")
    else { return nil }
    let spaces = cursor.skipSpaces()
    guard cursor.skip("@") else { return nil }
    if spaces == 1, cursor.rest.hasPrefix(" growth") || cursor.rest.hasPrefix(" fragmentation") {
      return
    }
    cursor.skipSpaces()
    let kind = cursor.run { $0.isDigit || (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_") }
    _ = cursor.skip("/")
    let digits = cursor.run(while: \.isDigit)
    guard let rate = digits.isEmpty ? 0 : digits.decimal else { return nil }
    if kind.isEqual(to: "heapz_v2") || kind.isEqual(to: "heap_v2") {
      self.rate = rate
      isSampled = true
    } else if kind.isEqual(to: "heap") {
      // Go writes twice its rate here, for readers that expect the first version.
      self.rate = rate / 2
      isSampled = true
    } else if !kind.isEqual(to: "heapprofile") {
      return nil
    }
    hasAllocations = [(allocated.0, inUse.0), (allocated.1, inUse.1)].contains { allocated, inUse in
      !allocated.elementsEqual(inUse) && !allocated.isEqual(to: "0")
    }
  }

  /// A cursor behind `heap profile:` and the spaces after it.
  private static func start(_ line: TextSlice) -> TextCursor? {
    guard let start = line.firstIndex(of: "heap profile:") else { return nil }
    var cursor = TextCursor(line, at: start + 13)
    cursor.skipSpaces()
    return cursor
  }

  var profileHeader: ProfileHeader {
    var types = [
      ValueType(type: "objects", unit: "count"), ValueType(type: "space", unit: "bytes"),
    ]
    if hasAllocations {
      types = ["alloc_", "inuse_"].flatMap { prefix in
        types.map { ValueType(type: prefix + $0.type, unit: $0.unit) }
      }
    }
    var header = ProfileHeader(sampleTypes: types)
    header.periodType = ValueType(type: "space", unit: "bytes")
    header.period = rate
    return header
  }
}

/// A line of samples: how much is in use, how much was allocated, and where.
private struct HeapRow {
  var values: [Int64] = []
  /// The average size of the blocks.
  var blockSize: Int64 = 0
  var stack: TextSlice

  init(
    _ lines: TextLines, format: String, kind: HeapHeader
  ) throws(ProfileDecodingError) {
    guard let (inUse, allocated, stack) = Self.parts(lines.line) else {
      throw lines.malformed(format, "no line of the form `1: 512 [2: 1024] @ 0x1234`")
    }
    self.stack = stack
    for pair in kind.hasAllocations ? [allocated, inUse] : [inUse] {
      guard let count = pair.0.decimal, let size = pair.1.decimal else {
        throw lines.malformed(format, "a number has more than 64 bits")
      }
      guard count != 0 || size == 0 else {
        throw lines.malformed(format, "a count is 0, but its bytes are \(size)")
      }
      var scaled = (count: count, size: size)
      if count != 0 {
        blockSize = size.wrappingDivided(by: count)
        if kind.isSampled { scaled = HeapSample.scaled(count: count, size: size, rate: kind.rate) }
      }
      values += [scaled.count, scaled.size]
    }
  }

  typealias Pair = (TextSlice, TextSlice)

  /// The parts of the first place in the line that has them in this order.
  private static func parts(_ line: TextSlice) -> (Pair, Pair, TextSlice)? {
    var start = 0
    while start < line.count {
      var cursor = TextCursor(line, at: start)
      if let inUse = cursor.heapPair(signed: true), cursor.skipSpaces() >= 0, cursor.skip("["),
        cursor.skipSpaces() >= 0, let allocated = cursor.heapPair(), cursor.skipSpaces() >= 0,
        cursor.skip("] @")
      {
        let stack = cursor.run { $0.isSmallHexDigit || $0 == 0x20 || $0 == UInt8(ascii: "x") }
        return (inUse, allocated, stack)
      }
      // What did not match from the first digit of a number matches from none of its others.
      cursor = TextCursor(line, at: start)
      if cursor.run(while: \.isDigit).isEmpty { cursor.position += 1 }
      start = cursor.position
    }
    return nil
  }
}

extension TextCursor {
  /// Moves over `12: 345`.
  fileprivate mutating func heapPair(signed: Bool = false) -> (TextSlice, TextSlice)? {
    guard let first = number(signed: signed), skip(":") else { return nil }
    skipSpaces()
    guard let second = number(signed: signed) else { return nil }
    return (first, second)
  }

  private mutating func number(signed: Bool) -> TextSlice? {
    let start = position
    if signed { _ = skip("-") }
    guard digits() != nil else { return nil }
    return text[slice: start..<position]
  }
}
