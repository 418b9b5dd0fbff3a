import ProfileModel

/// Which functions and mappings of a profile a pattern matches, as filters look at them.
public struct FrameMatches: Sendable {
  /// Whether the function's name or file matches, by `FunctionID`.
  public let functions: [Bool]
  /// Whether the mapped file matches, by `MappingID`.
  let mappings: [Bool]
  /// Whether some name took too long and counts as not matching.
  let gaveUp: Bool

  /// - Complexity: each name is held against the pattern once.
  public init(_ pattern: Pattern, in profile: Profile) {
    var strings = StringDecisions(pattern, profile.strings)
    let table = profile.functions
    let (names, files) = (table.names.span, table.filenames.span)
    functions = table.indices.map { strings.matches(names[$0]) || strings.matches(files[$0]) }
    var matcher = pattern.makeMatcher()
    mappings = profile.mappings.map { matcher.matches($0.file) }
    gaveUp = strings.gaveUp || matcher.gaveUp
  }

  func matches(mapping: MappingID) -> Bool { !mapping.isNone && mappings[mapping.index] }

  /// By location, whether its mapping or any of its functions matches.
  public func hits(in table: LocationTable) -> Column<Bool> {
    let starts = table.lineStarts.span
    let lines = table.lines.span
    let areMapped = table.mappings.span
    var isHit = ColumnBuilder<Bool>(capacity: table.count)
    for location in table.indices {
      var hit = matches(mapping: areMapped[location])
      for line in Int(starts[location])..<Int(starts[location &+ 1]) {
        if functions[lines[line].function.index] { hit = true }
      }
      isHit.append(hit)
    }
    return isHit.finish()
  }
}
