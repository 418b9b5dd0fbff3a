import ProfileModel

/// The stacks of all goroutines as Go writes them with `debug=2`, on a signal or when it panics.
///
///     goroutine 18 [chan receive, 3 minutes]:
///     main.worker(0xc000012345)
///     	/src/main.go:20 +0x1d
///     created by main.main in goroutine 1
///     	/src/main.go:12 +0x5c
///
/// Goroutines of one stack make one sample if they agree in labels too, which are: `state`; `wait` in
/// seconds, of which Go writes whole minutes; `created_by`; `locked`; and those that the program set.
public struct GoroutineDumpFormat: ProfileFormat {
  public let name = "goroutine dump"

  /// How far to look for the first goroutine: logs and panics say something before it.
  private static let prologue = 1 << 18

  public init() {}

  /// A dump has no addresses: symbols are all there is.
  public var withoutSymbols: (any ProfileFormat)? { nil }

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.isText else { return false }
    var lines = TextLines(bytes)
    while lines.offset < Self.prologue, lines.advance() {
      if GoroutineHeader(lines.line) != nil { return true }
    }
    return false
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    var dump = GoroutineDump()
    while lines.advance() {
      try lines.report(progress, bytes, sampleCount: dump.goroutineCount)
      if let header = GoroutineHeader(lines.line) {
        dump.begin(header)
      } else if lines.line.trimmed.isEmpty {
        dump.end()
      } else if dump.isInGoroutine {
        dump.read(lines.line)
      }
    }
    dump.end()
    guard dump.goroutineCount > 0 else { throw .unrecognized }
    return dump.finish()
  }
}

/// The line that begins a goroutine.
private struct GoroutineHeader {
  /// What it does, as `running` or `chan receive`.
  var state: TextSlice
  /// How long it has been doing so, in seconds; 0 for less than a minute.
  var waitSeconds: Int64 = 0
  var isLocked = false
  var labels: [(key: String, value: String)] = []

  /// Nil where no goroutine begins: `goroutine 1 gp=0xc0 m=nil [running, locked to thread] {k: v}:`.
  init?(_ line: TextSlice) {
    var cursor = TextCursor(line)
    guard cursor.skip("goroutine "), cursor.digits() != nil, line.last == UInt8(ascii: ":") else {
      return nil
    }
    _ = cursor.run { $0 != UInt8(ascii: "[") }
    guard cursor.skip("["), let end = line.firstIndex(of: UInt8(ascii: "]")), end >= cursor.position
    else { return nil }
    let parts = line[cursor.position..<end].split(separator: UInt8(ascii: ","))
      .map { TextSlice(rebasing: $0).trimmed }
    state = parts.first ?? TextSlice(start: nil, count: 0)
    for part in parts.dropFirst() {
      var cursor = TextCursor(part)
      if part.isEqual(to: "locked to thread") {
        isLocked = true
      } else if let digits = cursor.digits(), cursor.skip(" minutes") {
        waitSeconds = (digits.decimal ?? 0) &* 60
      }
    }
    cursor.position = end + 1
    cursor.skipSpaces()
    labels = GoLabels.pairs(cursor.rest) ?? []
  }
}

/// A profile of goroutines while it is read.
private struct GoroutineDump: ~Copyable {
  private var builder: ProfileBuilder
  private(set) var isInGoroutine = false
  private(set) var goroutineCount = 0

  private var labels: [Label] = []
  private var stack: [LocationID] = []
  /// The lines of the location at hand: calls that were inlined, the innermost first.
  private var lines: [Line] = []
  private var function: (name: StringID, isInlined: Bool)?
  /// Whether the frame at hand is where the goroutine was started, and not part of its stack.
  private var isCreator = false
  /// How many goroutines there were of each stack with its labels.
  private var counts: [Key: Int64] = [:]
  private var order: [Key] = []

  private struct Key: Hashable {
    var stack: [LocationID]
    var labels: [Label]
  }

  init() {
    builder = ProfileBuilder(sampleTypes: ("goroutine", "count"))
    builder.header.periodType = ValueType(type: "goroutine", unit: "count")
    builder.header.period = 1
  }

  mutating func begin(_ header: GoroutineHeader) {
    end()
    isInGoroutine = true
    addLabel("state", header.state.string)
    if header.waitSeconds > 0 {
      let (key, unit) = (builder.string("wait"), builder.string("seconds"))
      labels.append(Label(key: key, number: header.waitSeconds, unit: unit))
    }
    if header.isLocked { addLabel("locked", "thread") }
    for (key, value) in header.labels { addLabel(key, value) }
  }

  mutating func read(_ line: TextSlice) {
    if line.first?.isBlank == true {
      readPlace(line.trimmed)
    } else if line.hasPrefix("created by ") {
      var creator = line[slice: 11..<line.count]
      if let end = creator.firstIndex(of: " in goroutine ") { creator = creator[slice: 0..<end] }
      addLabel("created_by", creator.string)
      isCreator = true
    } else if !line.hasPrefix("...") && !line.hasPrefix("["), !isCreator {
      endFrame(line: 0, file: .empty)
      readFunction(line)
    }
  }

  /// Reads `main.(*T).work(0x1, ...)`; dots alone say that the call was inlined.
  private mutating func readFunction(_ line: TextSlice) {
    var name = line
    var isInlined = false
    if line.last == UInt8(ascii: ")"), let open = line.lastIndex(of: UInt8(ascii: "(")), open > 0 {
      name = line[slice: 0..<open]
      isInlined = line[slice: open..<line.count].isEqual(to: "(...)")
    }
    function = (builder.string(name), isInlined)
  }

  /// Reads `/src/main.go:20 +0x1d`.
  private mutating func readPlace(_ text: TextSlice) {
    guard function != nil else { return }
    var end = text.count
    if let space = text.lastIndex(where: \.isBlank), text[slice: space..<text.count].hasPrefix(" +")
    {
      end = space
    } else if let details = text.firstIndex(of: " +0x") ?? text.firstIndex(of: " fp=0x") {
      end = details
    }
    let place = text[slice: 0..<end]
    guard let colon = place.lastIndex(of: UInt8(ascii: ":")) else { return }
    let number = place[slice: (colon + 1)..<place.count].decimal ?? 0
    endFrame(line: number, file: builder.string(place[slice: 0..<colon]))
  }

  private mutating func endFrame(line: Int64, file: StringID) {
    guard let (name, isInlined) = function else { return }
    function = nil
    lines.append(Line(function: builder.function(name, file: file), line: line))
    if !isInlined { endLocation() }
  }

  private mutating func endLocation() {
    guard !lines.isEmpty else { return }
    stack.append(builder.location(lines: lines))
    lines.removeAll(keepingCapacity: true)
  }

  mutating func end() {
    guard isInGoroutine else { return }
    endFrame(line: 0, file: .empty)
    endLocation()
    let key = Key(stack: stack, labels: labels)
    if counts[key] == nil { order.append(key) }
    counts[key, default: 0] += 1
    goroutineCount += 1
    stack.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    isInGoroutine = false
    isCreator = false
  }

  consuming func finish() -> Profile {
    for key in order {
      builder.addSample(key.stack, values: [counts[key] ?? 0], labels: key.labels)
    }
    return builder.finish()
  }

  private mutating func addLabel(_ key: String, _ value: String) {
    labels.append(Label(key: builder.string(key), string: builder.string(value)))
  }
}
