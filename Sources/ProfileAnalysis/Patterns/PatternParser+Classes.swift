extension PatternParser {
  /// Reads a set of characters between brackets.
  mutating func parseClass() throws(PatternError) -> CharacterClass {
    let start = position
    position += 1
    var characters = CharacterClass(foldsCase: flags.foldsCase)
    if peek() == "^" {
      characters.isNegated = true
      position += 1
    }
    // A closing bracket that stands first stands for itself.
    var isFirst = true
    while peek() != "]" || isFirst {
      isFirst = false
      if try parseNamedSet(into: &characters) { continue }
      if try parseSetEscape(into: &characters) { continue }
      let rangeStart = position
      let low = try parseClassCharacter(classStart: start)
      var high = low
      if peek() == "-", let next = peek(1), next != "]" {
        position += 1
        high = try parseClassCharacter(classStart: start)
        guard low <= high else {
          throw PatternError(.invalidRange, slice(rangeStart, position))
        }
      }
      characters.insert(low...high)
    }
    position += 1
    return characters
  }

  private mutating func parseClassCharacter(classStart: Int) throws(PatternError) -> UInt32 {
    guard let character = peek() else {
      throw PatternError(.missingBracket, slice(classStart, text.count))
    }
    if character == "\\" { return try parseCharacterEscape() }
    position += 1
    return character.value
  }

  /// Reads `[:alpha:]` or `[:^alpha:]`; false where there is none.
  private mutating func parseNamedSet(into characters: inout CharacterClass)
    throws(PatternError) -> Bool
  {
    guard peek() == "[", peek(1) == ":" else { return false }
    var end = position + 2
    while end + 1 < text.count, text[end] != ":" || text[end + 1] != "]" { end += 1 }
    guard end + 1 < text.count else { return false }
    var name = slice(position + 2, end)
    let isNegated = name.first == "^"
    if isNegated { name.removeFirst() }
    guard let set = CharacterClass.posixSet(name) else {
      throw PatternError(.invalidRange, slice(position, end + 2))
    }
    characters.insert(set, isNegated: isNegated)
    position = end + 2
    return true
  }
}
