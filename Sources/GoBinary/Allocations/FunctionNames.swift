/// Names of functions as profiles and function tables write them.
enum FunctionNames {
  /// Whether the function table's name and a profile's mean the same function.
  ///
  /// Profiles of old versions leave type arguments out, and those of all leave out the wrappers that
  /// the compiler makes for method values and promoted methods.
  static func match(table: String, profile: String) -> Bool {
    table == profile || withoutTypeArguments(table) == profile || isWrapper(table, of: profile)
  }

  /// `main.Box[...]` for `main.Box[go.shape.int]`.
  static func withoutTypeArguments(_ name: String) -> String {
    guard let open = name.firstIndex(of: "["), let close = name.lastIndex(of: "]"), open < close
    else { return name }
    return name[..<open] + "[...]" + name[name.index(after: close)...]
  }

  /// Whether `name` may be the compiler's wrapper around the method `method`: the same method of
  /// another type of the package.
  private static func isWrapper(_ name: String, of method: String) -> Bool {
    if name.hasSuffix("-fm") { return true }
    let (wrapper, wrapped) = (Parts(name), Parts(method))
    return wrapper.folder == wrapped.folder && wrapper.package == wrapped.package
      && wrapper.last == wrapped.last && name[wrapper.folder.endIndex...].contains("(")
  }

  private struct Parts {
    /// Up to the last slash, with it.
    var folder: Substring
    var package: Substring
    /// After the last dot: the method's name.
    var last: Substring

    init(_ name: String) {
      let start = name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex
      folder = name[..<start]
      let rest = name[start...]
      package = rest[..<(rest.firstIndex(of: ".") ?? rest.endIndex)]
      last = rest.lastIndex(of: ".").map { rest[rest.index(after: $0)...] } ?? rest
    }
  }
}
