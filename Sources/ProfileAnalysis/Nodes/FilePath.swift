/// File names as bytes, with `/` between their parts: profiles hold names of any encoding.
package enum FilePath {
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The shortest name of the same file by text alone, as Go's `filepath.Clean` gives it: without
  /// empty and `.` parts, and without parts that a `..` undoes. `.` where nothing is left.
  package static func cleaned(_ path: some Collection<UInt8>) -> [UInt8] {
    let isRooted = path.first == slash
    var parts: [Slice] = []
    for part in path.split(separator: slash) {
      if part.elementsEqual([dot]) { continue }
      guard part.elementsEqual([dot, dot]) else {
        parts.append(Slice(part))
        continue
      }
      if let last = parts.last, last != Self.parent {
        parts.removeLast()
      } else if !isRooted {
        parts.append(Self.parent)
      }
    }
    if parts.isEmpty { return [isRooted ? slash : dot] }
    return (isRooted ? [slash] : []) + parts.joined(separator: [slash])
  }

  private typealias Slice = [UInt8]
  private static let parent: Slice = [dot, dot]

  /// Whether `cleaned` would change nothing. Looks at each byte once.
  static func isClean(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !path.isEmpty else { return false }
    if path.count == 1 && path[0] == slash { return true }
    var partStart = path[0] == slash ? 1 : 0
    var isLeadingParents = path[0] != slash
    for index in partStart...path.count where index == path.count || path[index] == slash {
      let length = index - partStart
      if length == 0 { return false }
      if path[partStart] == dot {
        if length == 1 { return path.count == 1 }
        if length == 2 && path[partStart + 1] == dot {
          guard isLeadingParents else { return false }
        } else {
          isLeadingParents = false
        }
      } else {
        isLeadingParents = false
      }
      partStart = index + 1
    }
    return true
  }

  /// The last part of the name, as Go's `filepath.Base` gives it: `.` where empty, `/` where there
  /// are only slashes.
  package static func base<Path: BidirectionalCollection<UInt8>>(of path: Path) -> [UInt8] {
    if path.isEmpty { return [dot] }
    guard let last = path.split(separator: slash).last else { return [slash] }
    return Array(last)
  }

  /// The paths of a list with colons between them; empty ones count, but for those of no list.
  package static func list(_ text: String) -> [String] {
    text.isEmpty
      ? [] : text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  }
}

/// Takes off file names what the user's `trim_path` and `source_path` say.
package struct FileTrimming {
  /// `/name/` for each directory of the source path: all up to the end of the first one goes.
  private let sourceMarks: [[UInt8]]
  /// Each ends in `/`; the first that a name begins with goes.
  private let prefixes: [[UInt8]]

  /// - Parameter trimPath: prefixes, with colons between them.
  /// - Parameter sourcePath: directories, with colons between them.
  package init(trimPath: String, sourcePath: String) {
    let slash = UInt8(ascii: "/")
    func list(_ text: String) -> [[UInt8]] { FilePath.list(text).map { Array($0.utf8) } }
    sourceMarks =
      trimPath.isEmpty ? list(sourcePath).map { [slash] + FilePath.base(of: $0) + [slash] } : []
    let builtIn = ["/proc/self/cwd/./", "/proc/self/cwd/"].map { Array($0.utf8) }
    prefixes = (list(trimPath) + builtIn).map { $0.last == slash ? $0 : $0 + [slash] }
  }

  /// The name without what it loses at its beginning.
  package func trimmed(_ path: String) -> String {
    var path = path
    let count = path.withUTF8 { trimmedCount(of: $0) }
    return String(decoding: path.utf8.dropFirst(count), as: UTF8.self)
  }

  /// How many bytes the name loses at its beginning.
  func trimmedCount(of path: UnsafeBufferPointer<UInt8>) -> Int {
    for mark in sourceMarks where mark.count <= path.count {
      for start in 0...(path.count - mark.count)
      where path[start] == mark[0] && path[start...].starts(with: mark) {
        return start + mark.count
      }
    }
    return prefixes.first { path.starts(with: $0) }?.count ?? 0
  }
}
