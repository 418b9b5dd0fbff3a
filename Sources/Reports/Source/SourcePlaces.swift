import ProfileAnalysis

/// Where a source file may be on this machine.
package struct SourcePlaces {
  /// The file's name after prefixes are cut off it.
  let path: String
  /// Full paths, in the order in which to try them.
  package let candidates: [String]

  /// - Parameter searchPath: directories with colons between them.
  package init(
    path original: String, searchPath: String, trimPath: String, environment: ReportEnvironment
  ) {
    let path = FileTrimming(trimPath: trimPath, sourcePath: searchPath).trimmed(original)
    var candidates: [String] = []
    if path.hasPrefix("/") {
      candidates.append(path)
    } else {
      for directory in FilePath.list(searchPath) {
        candidates += Self.parents(of: directory).map { Self.joined($0, path) }
      }
    }
    candidates += Self.goPlaces(of: original, searchPath, environment)
    self.path = path
    self.candidates = candidates
  }

  /// The directory and all above it; those that are not absolute end at `.`.
  private static func parents(of directory: String) -> [String] {
    var parents: [String] = []
    var current = directory
    while true {
      parents.append(current)
      let parent = Self.parent(of: current)
      if parent == current { return parents }
      current = parent
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    let parent = path[..<slash]
    return parent.isEmpty ? "/" : String(parent)
  }

  /// The path in the directory, as Go's `filepath.Join` gives it.
  private static func joined(_ directory: String, _ path: String) -> String {
    let joined = directory.isEmpty ? path : directory + "/" + path
    return String(decoding: FilePath.cleaned(joined.utf8), as: UTF8.self)
  }

  /// Where Go's own sources, modules and vendored packages are, beyond where pprof looks.
  private static func goPlaces(
    of path: String, _ searchPath: String, _ environment: ReportEnvironment
  ) -> [String] {
    var places: [String] = []
    if let root = environment.goRoot {
      // As built elsewhere, `/usr/local/go/src/fmt/print.go`; with -trimpath, `fmt/print.go`.
      if let source = path.firstRange(of: "/go/src/") {
        places.append("\(root)/src/\(path[source.upperBound...])")
      }
      if !path.hasPrefix("/") { places.append("\(root)/src/\(path)") }
    }
    let module = path.firstRange(of: "/pkg/mod/").map { String(path[$0.upperBound...]) } ?? path
    if module.contains("@"), !module.hasPrefix("/") {
      if let cache = environment.goModuleCache { places.append("\(cache)/\(escaped(module))") }
      places += vendored(module, searchPath)
    }
    // With -trimpath the main module's own files begin with its import path, which ends as the
    // folder is called.
    if !path.hasPrefix("/") {
      // No path of sources is this deep, and what is would be looked for without end.
      let parts = path.split(separator: "/", maxSplits: 64)
      for directory in FilePath.list(searchPath) {
        let base = FilePath.base(of: directory.utf8)
        for count in 1..<max(parts.count, 1) where parts[count - 1].utf8.elementsEqual(base) {
          places.append("\(directory)/\(parts.dropFirst(count).joined(separator: "/"))")
        }
      }
    }
    return places
  }

  /// `vendor/example.com/a/b.go` of `example.com/a@v1.2.3/b.go`, in each directory and above.
  private static func vendored(_ module: String, _ searchPath: String) -> [String] {
    let parts = module.split(separator: "/").map { $0.prefix { $0 != "@" } }
    let path = "vendor/" + parts.joined(separator: "/")
    return searchPath.split(separator: ":").flatMap { directory in
      parents(of: String(directory)).map { joined($0, path) }
    }
  }

  /// The path as the module cache has it, where an upper-case letter is `!` and a lower-case one.
  private static func escaped(_ module: String) -> String {
    var result = ""
    for character in module {
      if character.isASCII, character.isUppercase {
        result += "!" + character.lowercased()
      } else {
        result.append(character)
      }
    }
    return result
  }
}

extension String {
  /// The first place where `part` stands, by bytes.
  fileprivate func firstRange(of part: String) -> Range<String.Index>? {
    guard !part.isEmpty, utf8.count >= part.utf8.count else { return nil }
    var start = utf8.startIndex
    let wanted = Array(part.utf8)
    while let end = utf8.index(start, offsetBy: wanted.count, limitedBy: utf8.endIndex) {
      if utf8[start..<end].elementsEqual(wanted) { return start..<end }
      guard start < utf8.endIndex else { return nil }
      start = utf8.index(after: start)
    }
    return nil
  }
}
