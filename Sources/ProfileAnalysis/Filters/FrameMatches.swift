import ProfileModel

/// Which functions and mappings of a profile a pattern matches.
struct FrameMatches {
  /// Whether the function's name or file matches, by `FunctionID`.
  let functions: [Bool]
  /// Whether the mapped file matches, by `MappingID`.
  let mappings: [Bool]
  /// Whether some name took too long and counts as not matching.
  let gaveUp: Bool

  init(_ pattern: Pattern, in profile: Profile) {
    var strings = StringDecisions(pattern, profile.strings)
    let table = profile.functions
    let (names, files) = (table.names.span, table.filenames.span)
    functions = table.indices.map { strings.matches(names[$0]) || strings.matches(files[$0]) }
    var matcher = pattern.makeMatcher()
    mappings = profile.mappings.map { matcher.matches($0.file) }
    gaveUp = strings.gaveUp || matcher.gaveUp
  }

  func matches(mapping: MappingID) -> Bool { !mapping.isNone && mappings[mapping.index] }
}
