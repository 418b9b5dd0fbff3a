/// Writes the profile of a shape, message by message, in the order of profile.proto's fields.
struct ProfileGenerator {
  private let shape: ProfileShape
  private let program: SyntheticProgram
  private var numbers: RandomNumbers
  private var strings = StringNumbers()
  private let magnitudes = ZipfRanks(count: 250)
  private let handlers = ZipfRanks(count: 40)

  init(_ shape: ProfileShape) {
    self.shape = shape
    numbers = RandomNumbers(seed: 0x7072_6F66 &+ UInt64(shape.sampleCount))
    program = SyntheticProgram(
      functionCount: shape.functionCount, locationCount: shape.locationCount, numbers: &numbers)
  }

  func write(to file: inout OutputFile) throws {
    var generator = self
    try generator.writeAll(to: &file)
  }

  private mutating func writeAll(to file: inout OutputFile) throws {
    let chunk = 64 << 10
    var profile = WireWriter()
    for type in sampleTypes { profile.message(1, valueType(type)) }

    var stack: [Int] = []
    var sample = WireWriter()
    for _ in 0..<shape.sampleCount {
      program.walk(depth: drawDepth(), numbers: &numbers, into: &stack)
      sample.removeAll()
      sample.numbers(1, stack.lazy.map { $0 + 1 })
      sample.numbers(2, drawValues())
      addLabels(to: &sample)
      profile.message(2, sample)
      if profile.bytes.count >= chunk { try drain(&profile, to: &file) }
    }
    profile.message(3, mapping())
    for index in program.locations.indices {
      profile.message(4, location(index))
      if profile.bytes.count >= chunk { try drain(&profile, to: &file) }
    }
    for index in 0..<shape.functionCount {
      profile.message(5, function(index))
      if profile.bytes.count >= chunk { try drain(&profile, to: &file) }
    }
    addHeader(to: &profile)  // before the strings, which it adds to
    for string in strings.all {
      profile.string(6, string)
      if profile.bytes.count >= chunk { try drain(&profile, to: &file) }
    }
    try drain(&profile, to: &file)
  }

  private func drain(_ profile: inout WireWriter, to file: inout OutputFile) throws {
    try file.write(profile.bytes)
    profile.removeAll()
  }

  // MARK: Samples

  private var sampleTypes: [(type: String, unit: String)] {
    switch shape.kind {
    case .cpu: [("samples", "count"), ("cpu", "nanoseconds")]
    case .heap:
      [
        ("alloc_objects", "count"), ("alloc_space", "bytes"),
        ("inuse_objects", "count"), ("inuse_space", "bytes"),
      ]
    }
  }

  /// The sum of two equal draws, so that depths gather about the mean.
  private mutating func drawDepth() -> Int {
    let spread = shape.depth.count - 1
    return shape.depth.lowerBound + numbers.next(in: 0...(spread / 2))
      + numbers.next(in: 0...(spread - spread / 2))
  }

  private mutating func drawValues() -> [Int] {
    let magnitude = magnitudes.draw(&numbers) + 1
    switch shape.kind {
    case .cpu: return [magnitude, magnitude * 10_000_000]
    case .heap:
      let size = 16 << numbers.next(below: 10)
      let live = magnitude * numbers.next(below: 256) / 256
      return [magnitude, magnitude * size, live, live * size]
    }
  }

  private mutating func addLabels(to sample: inout WireWriter) {
    switch shape.labels {
    case .all:
      addLabel(to: &sample, key: "request", value: "request-\(1_000 + numbers.next(below: 1_000))")
    case .some:
      guard numbers.chance(30) else { return }
      addLabel(to: &sample, key: "handler", value: "/api/v1/resource\(handlers.draw(&numbers))")
      guard numbers.chance(50) else { return }
      var label = WireWriter()
      label.number(1, strings["bytes"])
      label.number(3, 16 << numbers.next(below: 10))
      label.number(4, strings["bytes"])
      sample.message(3, label)
    }
  }

  private mutating func addLabel(to sample: inout WireWriter, key: String, value: String) {
    var label = WireWriter()
    label.number(1, strings[key])
    label.number(2, strings[value])
    sample.message(3, label)
  }

  // MARK: Tables

  private mutating func valueType(_ type: (type: String, unit: String)) -> WireWriter {
    var message = WireWriter()
    message.number(1, strings[type.type])
    message.number(2, strings[type.unit])
    return message
  }

  private mutating func mapping() -> WireWriter {
    var message = WireWriter()
    message.number(1, 1)
    message.number(2, 0x400000)
    message.number(3, 0x1000_0000)
    message.number(5, strings["/srv/fleet/bin/server"])
    message.number(6, strings["5f0c1e7a9b3d2846"])
    for flag in UInt64(7)...10 { message.number(flag, 1) }
    return message
  }

  private func location(_ index: Int) -> WireWriter {
    let location = program.locations[index]
    var message = WireWriter()
    message.number(1, index + 1)
    message.number(2, 1)
    message.number(3, location.address)
    for frame in location.lines {
      var line = WireWriter()
      line.number(1, frame.function + 1)
      line.number(2, frame.line)
      message.message(4, line)
    }
    return message
  }

  private mutating func function(_ index: Int) -> WireWriter {
    let name = FunctionNames.name(index)
    var message = WireWriter()
    message.number(1, index + 1)
    message.number(2, strings[name.function])
    message.number(3, strings[name.function])
    message.number(4, strings[name.file])
    message.number(5, 7 + index % 500)
    return message
  }

  private mutating func addHeader(to profile: inout WireWriter) {
    profile.number(9, 1_760_000_000_000_000_000)
    profile.number(10, 30_000_000_000)
    switch shape.kind {
    case .cpu:
      profile.message(11, valueType(("cpu", "nanoseconds")))
      profile.number(12, 10_000_000)
    case .heap:
      profile.message(11, valueType(("space", "bytes")))
      profile.number(12, 524_288)
      profile.number(14, strings["inuse_space"])
    }
  }
}

/// The string table of a profile: each string once, the empty one first.
private struct StringNumbers {
  private(set) var all = [""]
  private var numbers: [String: Int] = ["": 0]

  subscript(string: String) -> Int {
    mutating get {
      if let number = numbers[string] { return number }
      numbers[string] = all.count
      all.append(string)
      return all.count - 1
    }
  }
}
