/// What the Go compiler logged about escapes, by source line: `-gcflags=-m`, `-m=2` and `-json=0,DIR`.
public struct CompilerLog: Sendable {
  public private(set) var records: [CompilerRecord] = []
  private var byLine: [Key: [Int]] = [:]

  private struct Key: Hashable {
    /// The file's name without its folders.
    var name: Substring
    var line: Int64
  }

  /// More records than this are not kept.
  private static let recordLimit = 4 << 20

  public init() {}

  /// Adds a file of a log, of any form; returns how many records it had.
  @discardableResult
  public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let before = records.count
    let new =
      bytes.first == UInt8(ascii: "{")
      ? JSONCompilerLog.records(of: bytes) : TextCompilerLog.records(of: bytes)
    for record in new.prefix(Self.recordLimit - before) {
      let key = Key(name: Self.name(of: record.place.file), line: record.place.line)
      byLine[key, default: []].append(records.count)
      records.append(record)
    }
    return records.count - before
  }

  /// The records of a line, of the files that share most of their path with `place`'s.
  func records(at place: CompilerRecord.Place) -> [CompilerRecord] {
    let key = Key(name: Self.name(of: place.file), line: place.line)
    guard let found = byLine[key] else { return [] }
    var best = 0
    var kept: [CompilerRecord] = []
    for record in found.lazy.map({ records[$0] }) {
      guard let shared = Self.sharedParts(record.place.file, place.file), shared >= best else {
        continue
      }
      if shared > best { kept = [] }
      best = shared
      kept.append(record)
    }
    return kept
  }

  /// One of the log's files that is none of these; nil where one of them is among the log's.
  func stranger(to files: some Sequence<String>) -> String? {
    var logged: [Substring: Set<String>] = [:]
    for record in records {
      logged[Self.name(of: record.place.file), default: []].insert(record.place.file)
    }
    let isShared = files.contains { file in
      logged[Self.name(of: file)]?.contains { Self.sharedParts($0, file) != nil } == true
    }
    return isShared ? nil : records.first?.place.file
  }

  static func name(of path: String) -> Substring {
    path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
  }

  /// How many parts two paths share at their ends; nil where they are of different files.
  ///
  /// A path that is relative to an unknown folder need share only its name.
  static func sharedParts(_ logged: String, _ profiled: String) -> Int? {
    let isLocal = logged.hasPrefix("./") || !logged.contains("/")
    let (left, right) = (logged.split(separator: "/"), profiled.split(separator: "/"))
    var count = 0
    for (a, b) in zip(left.reversed(), right.reversed()) {
      guard a == b else { break }
      count += 1
    }
    guard count > 0 else { return nil }
    return count == 1 && !isLocal && right.count > 1 ? nil : count
  }
}
