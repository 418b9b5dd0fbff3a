import ProfileAnalysis
import ProfileModel
import TerminalUI

/// What a user looks for: a piece of text, or a regular expression where the text occurs nowhere.
///
/// Case only matters where the text has a capital. Names in profiles are full of `.`, `(` and `*`,
/// so these stand for themselves as long as anything has them.
package struct SearchQuery: Sendable {
  /// As it was typed.
  package let text: String
  /// Whether only the whole name counts, as for the symbol under the cursor.
  package let isWhole: Bool
  private let needle: [UInt8]
  private let isCaseSensitive: Bool

  package init(_ text: String, isWhole: Bool = false) {
    self.text = text
    self.isWhole = isWhole
    isCaseSensitive = isWhole || text.contains { $0.isUppercase }
    needle = Array((isCaseSensitive ? text : text.lowercased()).utf8)
  }

  package var isEmpty: Bool { needle.isEmpty }

  /// Whether the text occurs in `bytes`; ASCII letters only are compared without case.
  package func occurs(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if isWhole { return bytes.elementsEqual(needle) }
    return firstOccurrence(in: bytes, from: 0) != nil
  }

  package func occurs(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { occurs(in: $0) }
  }

  /// The regular expression that the text is where it occurs nowhere as it stands; nil where it is none.
  package var pattern: Pattern? {
    guard !isWhole, text.contains(where: { #"\.+*?()|[]{}^$"#.contains($0) }) else { return nil }
    return try? Pattern(isCaseSensitive ? text : "(?i)\(text)")
  }

  private func firstOccurrence(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let first = needle.first, bytes.count - start >= needle.count else { return nil }
    let last = bytes.count - needle.count
    return needle.withUnsafeBufferPointer { needle in
      var index = start
      while index <= last {
        if folded(bytes[index]) == first {
          var length = 1
          while length < needle.count, folded(bytes[index + length]) == needle[length] {
            length += 1
          }
          if length == needle.count { return index }
        }
        index += 1
      }
      return nil
    }
  }

  private func folded(_ byte: UInt8) -> UInt8 {
    !isCaseSensitive && byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Gives the places of a drawn row where the text can be seen the role of a match; all of the
  /// columns where it matched but what matched is not in sight.
  package func highlight(row: Int, columns: Range<Int>, in grid: inout CellGrid) {
    let cells = grid.row(row)
    guard !cells.isEmpty, !columns.isEmpty else { return }
    var bytes: [UInt8] = []
    var places: [Int] = []
    for column in columns.clamped(to: 0..<cells.count) {
      let cell = cells[cells.startIndex + column]
      guard !cell.isContinuation else { continue }
      for byte in String(cell.character).utf8 {
        bytes.append(byte)
        places.append(column)
      }
    }
    var found: [Range<Int>] = []
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while let index = firstOccurrence(in: bytes, from: start) {
        found.append(places[index]..<places[index + needle.count - 1] + 1)
        start = index + needle.count
      }
    }
    if found.isEmpty {
      let text = bytes.lastIndex { $0 != 0x20 }.map { columns.lowerBound..<places[$0] + 1 }
      found = text.map { [$0] } ?? []
    }
    for range in found { grid.restyle(row: row, columns: range, role: .match) }
  }
}

/// The nodes of a report that a search found, and how much of the profile passes through them.
package struct SearchMatches: Sendable {
  package let query: SearchQuery
  /// By node: whether it matches.
  package let flags: [Bool]
  /// How many nodes match.
  package let count: Int
  /// How many of them have a value.
  let valuedCount: Int
  /// The sum of the samples with a match anywhere in their stack, each counted once.
  package let covered: Int64

  /// - Complexity: O(*n*) in the bytes of the nodes' names and the frames of all samples.
  package init(_ query: SearchQuery, in session: ProfileSession) {
    var flags = Self.flags(session) { query.occurs(in: $0) }
    if !flags.contains(true), let pattern = query.pattern {
      var matcher = pattern.makeMatcher()
      flags = Self.flags(session) { matcher.matches($0) }
    }
    self.init(query, flags, in: session)
  }

  private init(_ query: SearchQuery, _ flags: [Bool], in session: ProfileSession) {
    self.query = query
    self.flags = flags
    count = flags.reduce(0) { $0 + ($1 ? 1 : 0) }
    let totals = session.totals
    valuedCount = flags.indices.reduce(0) {
      $0 + (flags[$1] && (totals.flat[$1] != 0 || totals.cumulative[$1] != 0) ? 1 : 0)
    }
    covered = count == 0 ? 0 : Self.covered(flags, in: session)
  }

  package subscript(node: NodeID) -> Bool {
    flags.indices.contains(node.index) && flags[node.index]
  }

  private static func flags(
    _ session: ProfileSession, where matches: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> [Bool] {
    let nodes = session.nodes
    // Most strings name many nodes: each is looked at once.
    var known: [UInt8] = Array(repeating: 0, count: nodes.strings.count)
    func isMatch(_ id: StringID) -> Bool {
      if known[id.index] == 0 {
        known[id.index] = nodes.strings.withBytes(of: id, matches) ? 2 : 1
      }
      return known[id.index] == 2
    }
    let showsFile = nodes.granularity.showsFile
    return nodes.indices.map { index in
      isMatch(nodes.names[index]) || (showsFile && isMatch(nodes.files[index]))
        || (nodes.names[index] == .empty && isMatch(nodes.objectFiles[index]))
    }
  }

  private static func covered(_ flags: [Bool], in session: ProfileSession) -> Int64 {
    let profile = session.profile
    let nodes = session.nodes
    let weights = StackWeights.compute(profile, values: session.values)
    return sum(weights, of: profile.stacks, where: nodes.locations { flags[$0.index] })
  }

  static func sum(
    _ weights: Column<Int64>, of stacks: StackTable, where isHit: Column<Bool>
  ) -> Int64 {
    let found = stacks.stacks(where: isHit)
    let (isFound, weights) = (found.span, weights.span)
    var sum: Int64 = 0
    for stack in weights.indices where isFound[stack] { sum &+= weights[stack] }
    return sum
  }
}

extension Granularity {
  /// Whether a row of the report stands for a place in a file.
  var showsFile: Bool {
    switch self {
    case .functions, .packages: false
    case .filefunctions, .files, .lines, .addresses: true
    }
  }

  /// What one row is, for heads and counts.
  var noun: (one: String, many: String, head: String) {
    switch self {
    case .functions: ("function", "fn", "FUNCTION")
    case .filefunctions: ("function by file", "fn", "FUNCTION")
    case .files: ("file", "files", "FILE")
    case .packages: ("package", "packages", "PACKAGE")
    case .lines: ("line", "lines", "LINE")
    case .addresses: ("address", "addresses", "ADDRESS")
    }
  }
}
