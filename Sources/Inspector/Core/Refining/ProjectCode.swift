import ProfileAnalysis
import ProfileModel

/// Which functions are code of the project that is looked at, as against its libraries.
///
/// Those that an expression matches, as `pattern(ofModule:)` is; without one, package `main` and packages whose import path
/// begins with a domain, but for vendored ones and those of the module cache.
struct ProjectCode {
  private let pattern: Pattern?

  /// - Parameter source: the expression; empty for none.
  init(_ source: String) throws(FilterError) {
    guard !source.isEmpty else {
      pattern = nil
      return
    }
    do throws(PatternError) {
      pattern = try Pattern(source)
    } catch {
      throw .pattern(option: "project", error)
    }
  }

  /// What matches functions of package `main` and of those of a module, given by its path.
  ///
  /// Symbols have dots in the last part of a package's path as `%2e`.
  static func pattern(ofModule path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let last = String(parts.last ?? "")
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let own = SymbolPattern.quoted(folder + last.split(separator: ".").joined(separator: "%2e"))
    return #"^main\.|^\#(SymbolPattern.quoted(path))/|^\#(own)\."#
  }

  /// By function, whether it is of the project.
  ///
  /// - Parameter labelsFrom: where functions begin that stand for labels; those always are.
  /// - Complexity: each name and each file is looked at once.
  func functions(of profile: Profile, labelsFrom: Int) -> [Bool] {
    let functions = profile.functions
    let strings = profile.strings
    var known: [StringID: Bool] = [:]
    func decide(_ id: StringID, _ matches: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
      if let decision = known[id] { return decision }
      let decision = strings.withBytes(of: id, matches)
      known[id] = decision
      return decision
    }
    if var matcher = pattern?.makeMatcher() {
      return functions.indices.map { index in
        index >= labelsFrom
          || decide(functions.names[index]) { matcher.matches($0) }
          || decide(functions.filenames[index]) { matcher.matches($0) }
      }
    }
    var libraries: [StringID: Bool] = [:]
    return functions.indices.map { index in
      if index >= labelsFrom { return true }
      guard decide(functions.names[index], Self.isProjectName) else { return false }
      let file = functions.filenames[index]
      if let isLibrary = libraries[file] { return !isLibrary }
      let isLibrary = strings.withBytes(of: file, Self.isLibraryFile)
      libraries[file] = isLibrary
      return !isLibrary
    }
  }

  /// `main.f`, and `example.com/a/b.f`, whose path's first part has a dot.
  private static func isProjectName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    if name.starts(with: "main.".utf8) { return true }
    let path = name.prefix { !"([{< ".utf8.contains($0) }
    guard let slash = path.firstIndex(of: UInt8(ascii: "/")), slash > 0,
      path.first != UInt8(ascii: ".")
    else { return false }
    return path[..<slash].contains(UInt8(ascii: ".")) && !contains("/vendor/", in: name)
  }

  private static func isLibraryFile(_ file: UnsafeBufferPointer<UInt8>) -> Bool {
    contains("/vendor/", in: file) || contains("/pkg/mod/", in: file)
  }

  private static func contains(_ part: StaticString, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = part.utf8CodeUnitCount
    guard text.count >= count else { return false }
    return part.withUTF8Buffer { part in
      (0...text.count - count).contains { text[$0..<$0 + count].elementsEqual(part) }
    }
  }
}
