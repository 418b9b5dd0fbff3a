import ProfileModel

/// The list of names at the end of the profiles of Java programs: `0x1f com.Foo.bar (Foo.java:10)`.
enum JavaLocations {
  /// The profile with the names of the lines to come, the one at hand included.
  ///
  /// Its addresses only stand for these lines: none is left in the profile.
  static func finish(
    _ profile: consuming AddressProfile, _ lines: inout TextLines, format: String
  ) throws(ProfileDecodingError) -> Profile {
    // Functions are told apart by name alone: the first file counts.
    var functions: [StringID: FunctionID] = [:]
    repeat {
      var cursor = TextCursor(lines.line.trimmed)
      guard cursor.skip("0x"), let digits = cursor.hexDigits(), cursor.skipBlanks() > 0 else {
        continue
      }
      guard let address = digits.hexadecimal else {
        throw lines.malformed(format, "a location number has more than 64 bits")
      }
      guard let index = profile.knownIndex(of: address) else { continue }
      let place = Place(cursor.rest)
      let name = profile.string(place.name)
      let function =
        functions[name] ?? profile.function(name, file: profile.string(place.file))
      functions[name] = function
      profile.setLine(Line(function: function, line: place.line), of: index)
    } while lines.advance()
    return try profile.finish(mappings: [], kind: .java)
  }

  /// What a line says of a location.
  private struct Place {
    var name: TextSlice
    var file = TextSlice(start: nil, count: 0)
    var line: Int64 = 0

    private static let stub: StaticString = "STUB"

    init(_ text: TextSlice) {
      name = text
      if let (name, inner) = Self.parenthesized(text) {
        if let (file, line) = Self.fileAndLine(inner) {
          self.name = name
          self.file = file
          self.line = line
        } else {
          self.name = name
          file = Self.lastComponent(inner)
        }
      } else if text.contains("generated stub/JIT") {
        name = Self.stub.withUTF8Buffer { $0 }  // a literal lives for ever
      }
    }

    /// What stands before and in the parentheses that end the text.
    private static func parenthesized(_ text: TextSlice) -> (TextSlice, TextSlice)? {
      guard text.last == UInt8(ascii: ")") else { return nil }
      var index = text.count - 2
      while index > 0 {
        if text[index] == UInt8(ascii: "("), text[index - 1].isBlank {
          return (text[slice: 0..<(index - 1)], text[slice: (index + 1)..<(text.count - 1)])
        }
        index -= 1
      }
      return nil
    }

    private static func fileAndLine(_ text: TextSlice) -> (TextSlice, Int64)? {
      guard let colon = text.lastIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
      let number = text[slice: (colon + 1)..<text.count]
      let digits = number.first == UInt8(ascii: "-") ? number.dropFirst() : number[...]
      guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
      return (text[slice: 0..<colon], max(number.decimal ?? 0, 0))
    }

    private static func lastComponent(_ path: TextSlice) -> TextSlice {
      var end = path.count
      while end > 1, path[end - 1] == UInt8(ascii: "/") { end -= 1 }
      var start = end
      while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
      if start == end, end > 0 { start -= 1 }  // nothing but slashes
      return path[slice: start..<end]
    }
  }
}
