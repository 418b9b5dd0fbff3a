extension PatternParser {
  /// Reads what starts with a backslash outside brackets.
  mutating func parseEscape() throws(PatternError) {
    let start = position
    switch peek(1) {
    case "A": try addAssertion(.textStart)
    case "z": try addAssertion(.textEnd)
    case "b": try addAssertion(.wordBoundary)
    case "B": try addAssertion(.noWordBoundary)
    case "C": throw PatternError(.invalidEscape, slice(start, start + 2))
    case "Q": try parseQuotation()
    default:
      var characters = CharacterClass(foldsCase: flags.foldsCase)
      if try parseSetEscape(into: &characters) {
        try add(.characterClass(characters))
      } else {
        try add(.literal(parseCharacterEscape(), foldsCase: flags.foldsCase))
      }
    }
  }

  private mutating func addAssertion(_ assertion: PatternSyntax.Assertion) throws(PatternError) {
    position += 2
    try add(.assertion(assertion))
  }

  /// Reads `\Q…\E`; without `\E` it goes to the end.
  private mutating func parseQuotation() throws(PatternError) {
    position += 2
    while let character = peek() {
      if character == "\\", peek(1) == "E" {
        position += 2
        return
      }
      try addLiteral(character)
    }
  }

  /// Reads an escape that stands for several characters into `characters`; false where it is none.
  mutating func parseSetEscape(into characters: inout CharacterClass) throws(PatternError) -> Bool {
    guard peek() == "\\", let letter = peek(1) else { return false }
    switch letter {
    case "p", "P":
      try parseProperty(into: &characters)
      return true
    case "d", "s", "w":
      characters.insert(CharacterClass.perlSet(letter) ?? [], isNegated: false)
    case "D", "S", "W":
      let lowercase = Unicode.Scalar(UInt8(letter.value + 0x20))
      characters.insert(CharacterClass.perlSet(lowercase) ?? [], isNegated: true)
    default: return false
    }
    position += 2
    return true
  }

  /// Reads `\pL`, `\p{Greek}`, `\p{^Greek}` or one of them with a capital P.
  private mutating func parseProperty(into characters: inout CharacterClass) throws(PatternError) {
    let start = position
    var isNegated = peek(1) == "P"
    guard peek(2) != nil else { throw PatternError(.invalidRange, slice(start, position + 2)) }
    var name: String
    if peek(2) == "{" {
      guard let end = text[start...].firstIndex(of: "}") else {
        throw PatternError(.invalidRange, slice(start, text.count))
      }
      name = slice(start + 3, end)
      position = end + 1
    } else {
      name = slice(start + 2, start + 3)
      position = start + 3
    }
    if name.first == "^" {
      isNegated.toggle()
      name.removeFirst()
    }
    switch UnicodeProperty.meaning(of: name, isNegated: isNegated) {
    case nil: throw PatternError(.invalidRange, slice(start, position))
    case .anyCharacter:
      if !isNegated { characters.insert(0...CharacterClass.lastCharacter) }
    case .ascii: characters.insert([0...0x7F], isNegated: isNegated)
    case .property(let property): characters.insert(property)
    }
  }

  /// Reads an escape that stands for one character.
  mutating func parseCharacterEscape() throws(PatternError) -> UInt32 {
    let start = position
    position += 1
    guard let letter = peek() else { throw PatternError(.trailingBackslash, "") }
    position += 1
    switch letter {
    case "0"..."7":
      // One digit other than 0 would be a back reference.
      guard letter == "0" || peek().map(Self.isOctal) == true else { break }
      var value = letter.value - 0x30
      for _ in 0..<2 {
        guard let digit = peek(), Self.isOctal(digit) else { break }
        value = value * 8 + (digit.value - 0x30)
        position += 1
      }
      return value
    case "x": if let value = parseHexadecimal() { return value }
    case "a": return 0x07
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    default:
      if letter.isASCII, !Self.isAlphanumeric(letter) { return letter.value }
    }
    throw PatternError(.invalidEscape, slice(start, position))
  }

  /// Reads what follows `\x`: two digits, or any number in braces; nil where it is neither.
  ///
  /// Stands behind the character at fault then, as far as a message should show.
  private mutating func parseHexadecimal() -> UInt32? {
    guard let first = peek() else { return nil }
    position += 1
    if first != "{" {
      guard let second = peek() else { return nil }
      position += 1
      guard let high = Self.hexadecimalDigit(first), let low = Self.hexadecimalDigit(second) else {
        return nil
      }
      return high * 16 + low
    }
    var (value, count): (UInt32, Int) = (0, 0)
    while let character = peek() {
      position += 1
      if character == "}" { return count > 0 ? value : nil }
      guard let digit = Self.hexadecimalDigit(character) else { return nil }
      value = value * 16 + digit
      guard value <= CharacterClass.lastCharacter else { return nil }
      count += 1
    }
    return nil
  }

  private static func isOctal(_ character: Unicode.Scalar) -> Bool {
    ("0"..."7").contains(character)
  }

  private static func hexadecimalDigit(_ character: Unicode.Scalar) -> UInt32? {
    switch character {
    case "0"..."9": character.value - 0x30
    case "a"..."f": character.value - 0x61 + 10
    case "A"..."F": character.value - 0x41 + 10
    default: nil
    }
  }
}
