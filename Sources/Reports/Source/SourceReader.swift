/// Finds source files by the names that profiles have for them, and reads their lines.
struct SourceReader {
  private let environment: ReportEnvironment
  private let searchPath: String
  private let trimPath: String
  /// By the bytes of the path: strings that look the same are one key, files are not.
  private var known: [[UInt8]: Result<[[UInt8]], SourceNotFound>] = [:]

  /// Why there is no source.
  struct SourceNotFound: Error, Hashable {
    let message: String
  }

  init(_ environment: ReportEnvironment, options: ReportOptions) {
    self.environment = environment
    searchPath = options.sourcePath.isEmpty ? environment.workingDirectory : options.sourcePath
    trimPath = options.trimPath
  }

  /// Whether the file's lines were asked for before.
  func hasLooked(for path: String) -> Bool { known[Array(path.utf8)] != nil }

  /// The lines of the file, without their ends.
  mutating func lines(of path: String) -> Result<[[UInt8]], SourceNotFound> {
    let key = Array(path.utf8)
    if let lines = known[key] { return lines }
    let lines = find(path).map(Self.lines)
    known[key] = lines
    return lines
  }

  private func find(_ original: String) -> Result<[UInt8], SourceNotFound> {
    let places = SourcePlaces(
      path: original, searchPath: searchPath, trimPath: trimPath, environment: environment)
    for place in places.candidates {
      switch environment.readFile(place) {
      case .success(let bytes): return .success(bytes)
      case .failure(.isDirectory): return .success([])  // pprof opens it, and finds no line in it
      case .failure(.notFound), .failure(.unreadable): break
      }
    }
    if places.path.hasPrefix("/") {
      var reason = "no such file or directory"
      if case .failure(.unreadable(let words)) = environment.readFile(places.path) {
        reason = words
      }
      return .failure(SourceNotFound(message: "open \(places.path): \(reason)"))
    }
    return .failure(
      SourceNotFound(message: "could not find file \(places.path) on path \(searchPath)"))
  }

  /// As Go's scanner cuts lines: carriage returns before line ends go, and a line that is longer
  /// than its buffer ends the file.
  private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      var line = rest[..<(end ?? rest.endIndex)]
      rest = end.map { rest[($0 + 1)...] } ?? []
      guard line.count < 1 << 16 else { break }
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      lines.append(Array(line))
    }
    return lines
  }
}
