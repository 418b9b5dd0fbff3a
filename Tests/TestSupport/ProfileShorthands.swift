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
