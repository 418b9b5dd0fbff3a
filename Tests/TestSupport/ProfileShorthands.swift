import ProfileModel

extension Profile {
  /// A profile of one sample type from stacks written root first: `["main;work": 3]`.
  ///
  /// A frame is `name`, `name:line`, `name@file` or `name@file:line`. `work|inner` is one
  /// location in which `inner` was inlined into `work`. An empty stack has no frames.
  public static func stacks(
    _ samples: KeyValuePairs<String, Int64>, type: String = "cpu", unit: String = "nanoseconds"
  ) -> Profile {
    var builder = ProfileBuilder(sampleTypes: (type, unit))
    for (stack, value) in samples {
      builder.addSample(builder.locations(stack), values: [value])
    }
    return builder.finish()
  }
}

extension ProfileBuilder {
  /// The locations of a stack as `Profile.stacks` writes it, leaf first.
  public mutating func locations(_ stack: String) -> [LocationID] {
    var locations: [LocationID] = []
    for frame in stack.split(separator: ";").reversed() {
      var lines: [Line] = []
      for line in frame.split(separator: "|").reversed() { lines.append(self.line(line)) }
      locations.append(location(lines: lines))
    }
    return locations
  }

  private mutating func line(_ text: Substring) -> Line {
    var (rest, line) = (text, Int64(0))
    if let colon = text.lastIndex(of: ":"), let number = Int64(text[text.index(after: colon)...]) {
      (rest, line) = (text[..<colon], number)
    }
    let parts = rest.split(separator: "@", maxSplits: 1).map(String.init)
    let function = function(parts.first ?? "", file: parts.dropFirst().first ?? "")
    return Line(function: function, line: line)
  }
}

/// Numbers that look random and are the same in every run.
public struct SplitMix: Sendable {
  private var state: UInt64

  public init(state: UInt64) { self.state = state }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }

  /// From 0 to `bound` - 1.
  public mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A profile of so many samples that keys are worked on beside the loop.
  public mutating func largeProfile() -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("samples", "count"), ("cpu", "nanoseconds"))
    let locations = (0..<500).map {
      builder.locations("pkg\($0 % 20).f\($0)@f\($0 % 20).go:\($0)")[0]
    }
    for _ in 0..<20_000 {
      let stack = (0...next(below: 12)).map { _ in locations[next(below: locations.count)] }
      builder.addSample(stack, values: [1, 10_000_000])
    }
    return builder.finish()
  }

  /// A small profile with inlining, recursion, equal stacks and values of either sign.
  public mutating func profile() -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for _ in 0..<next(below: 24) {
      var stack: [String] = []
      for _ in 0..<next(below: 9) {
        let lines = (0...next(below: 3)).map { _ in "f\(next(below: 7))" }
        stack.append(lines.joined(separator: "|"))
      }
      let value = Int64(next(below: 9)) - 3
      builder.addSample(builder.locations(stack.joined(separator: ";")), values: [value])
    }
    return builder.finish()
  }
}
