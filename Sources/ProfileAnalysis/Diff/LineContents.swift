/// Finds lines of a function again in another build by their text, where the sources of both can be
/// read.
///
/// Indentation does not count, nor do lines without a letter or a digit: they stand everywhere.
struct LineContents {
  /// Where a function stands in its file.
  struct Place {
    let file: String
    /// 0 where unknown.
    let start: Int64
    /// The first and the last line that samples stand on.
    let sampled: ClosedRange<Int64>
  }

  /// The lines of a function in both builds.
  struct Match {
    /// By line of the older build, the same line of the newer one.
    let unchanged: [Int64: Int64]
    /// The lines with words in them that are of one build only, ascending.
    let onlyOld: [Int64]
    let onlyNew: [Int64]
  }

  /// Reads the lines of a file of one side; nil where it is not at hand.
  typealias Reader = @Sendable (_ side: ComparisonSide, _ file: String) -> [[UInt8]]?

  private struct File: Hashable {
    let side: ComparisonSide
    let name: String
  }

  private let read: Reader
  private var files: [File: [[UInt8]]?] = [:]
  /// The files of which both builds have a text.
  private(set) var readFiles: Set<String> = []

  /// So many pairs of lines are held against each other in a function.
  private static let pairLimit = 4_000_000
  /// So many lines after the last one with samples a function may end.
  private static let tailLimit: Int64 = 400

  init(_ read: @escaping Reader) { self.read = read }

  /// What became of the lines of a function; nil where a text is missing or too long.
  ///
  /// - Complexity: O(*n m*) in lines that are not the same at either end, up to `pairLimit`.
  mutating func match(old: Place, new: Place) -> Match? {
    guard let oldText = text(.base, old.file), let newText = text(.other, new.file) else {
      return nil
    }
    readFiles.insert(new.file)
    var words: [ArraySlice<UInt8>: Int] = [:]
    let oldRows = Self.rows(old, oldText, &words)
    let newRows = Self.rows(new, newText, &words)
    guard let pairs = Self.longestCommon(oldRows.map(\.word), newRows.map(\.word)) else {
      return nil
    }
    var unchanged: [Int64: Int64] = [:]
    for (mine, theirs) in pairs { unchanged[oldRows[mine].line] = newRows[theirs].line }
    let images = Set(unchanged.values)
    return Match(
      unchanged: unchanged, onlyOld: oldRows.map(\.line).filter { unchanged[$0] == nil },
      onlyNew: newRows.map(\.line).filter { !images.contains($0) })
  }

  private mutating func text(_ side: ComparisonSide, _ name: String) -> [[UInt8]]? {
    let file = File(side: side, name: name)
    if let known = files[file] { return known }
    let text = name.isEmpty ? nil : read(side, name)
    files[file] = .some(text)
    return text
  }

  /// The function's lines that have words, each as the number of its text.
  private static func rows(
    _ place: Place, _ text: [[UInt8]], _ words: inout [ArraySlice<UInt8>: Int]
  ) -> [(line: Int64, word: Int)] {
    let count = Int64(text.count)
    let start = max(place.start > 0 ? place.start : place.sampled.lowerBound, 1)
    guard start <= count else { return [] }
    let sampledEnd = min(max(place.sampled.upperBound, start), count)
    let end = min(sampledEnd + tailLimit, count)
    var rows: [(line: Int64, word: Int)] = []
    for line in start...end {
      let bytes = trimmed(text[Int(line) - 1])
      // A bracket in the first column closes what began at the left.
      if line > sampledEnd, text[Int(line) - 1].first == UInt8(ascii: "}") { break }
      guard bytes.contains(where: isOfWord) else { continue }
      let word = words[bytes] ?? words.count
      words[bytes] = word
      rows.append((line, word))
    }
    return rows
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte >= 0x80
  }

  private static func trimmed(_ line: [UInt8]) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    let rest = line.drop(while: isBlank)
    let end = rest.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? rest.startIndex
    return rest[..<end]
  }

  /// The pairs of a longest common subsequence; nil where the lists are too long.
  static func longestCommon(_ old: [Int], _ new: [Int]) -> [(Int, Int)]? {
    var head = 0
    while head < old.count, head < new.count, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < old.count - head, tail < new.count - head,
      old[old.count - 1 - tail] == new[new.count - 1 - tail]
    { tail += 1 }
    let (rows, columns) = (old.count - head - tail, new.count - head - tail)
    let width = columns + 1
    let (cells, isTooLarge) = (rows + 1).multipliedReportingOverflow(by: width)
    guard !isTooLarge, cells <= pairLimit, min(rows, columns) < UInt16.max else { return nil }
    // The length of what the rest of both lists shares, from a pair of places on.
    var lengths = [UInt16](repeating: 0, count: cells)
    for row in (0..<rows).reversed() {
      for column in (0..<columns).reversed() {
        let cell = row * width + column
        lengths[cell] =
          old[head + row] == new[head + column]
          ? lengths[cell + width + 1] + 1 : max(lengths[cell + width], lengths[cell + 1])
      }
    }
    var pairs = (0..<head).map { ($0, $0) }
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      let cell = row * width + column
      if old[head + row] == new[head + column] {
        pairs.append((head + row, head + column))
        (row, column) = (row + 1, column + 1)
      } else if lengths[cell + width] >= lengths[cell + 1] {
        row += 1
      } else {
        column += 1
      }
    }
    for offset in (0..<tail).reversed() {
      pairs.append((old.count - 1 - offset, new.count - 1 - offset))
    }
    return pairs
  }
}
