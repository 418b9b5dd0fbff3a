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
    let (names, files) = (functions.names.span, functions.filenames.span)
    if let pattern {
      var isProject = FrameMatches(pattern, in: profile).functions
      for index in isProject.indices where index >= labelsFrom { isProject[index] = true }
      return isProject
    }
    let strings = profile.strings
    // Files have many functions: each is looked at once.
    var libraries = [Bool?](repeating: nil, count: strings.count)
    return functions.indices.map { index in
      if index >= labelsFrom { return true }
      guard strings.withBytes(of: names[index], Self.isProjectName) else { return false }
      let file = files[index]
      if let isLibrary = libraries[file.index] { return !isLibrary }
      let isLibrary = strings.withBytes(of: file, Self.isLibraryFile)
      libraries[file.index] = isLibrary
      return !isLibrary
    }
  }

  /// `main.f`, and `example.com/a/b.f`, whose path's first part has a dot.
  private static func isProjectName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    if starts(name, with: "main.") { return true }
    var slash: Int?
    var hasDot = false
    scan: for index in name.indices {
      switch name[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"),
        UInt8(ascii: " "):
        break scan
      case UInt8(ascii: "/"):
        slash = index
        break scan
      case UInt8(ascii: "."): hasDot = true
      default: continue
      }
    }
    guard let slash, slash > 0, hasDot, name.first != UInt8(ascii: ".") else { return false }
    return !contains("/vendor/", in: name)
  }

  private static func isLibraryFile(_ file: UnsafeBufferPointer<UInt8>) -> Bool {
    contains("/vendor/", in: file) || contains("/pkg/mod/", in: file)
  }

  private static func contains(_ part: StaticString, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.indices.contains { index in
      text[index] == part.utf8Start[0]
        && starts(UnsafeBufferPointer(rebasing: text[index...]), with: part)
    }
  }

  private static func starts(
    _ text: UnsafeBufferPointer<UInt8>, with part: StaticString
  ) -> Bool {
    guard text.count >= part.utf8CodeUnitCount else { return false }
    return part.withUTF8Buffer { part in part.indices.allSatisfy { text[$0] == part[$0] } }
  }
}
