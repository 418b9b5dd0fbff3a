import ProfileAnalysis

/// The expression that matches one symbol and no other, for refining by what is selected.
enum SymbolPattern {
  /// The expression and what to show for it; nil where the symbol has nothing that `pprof` matches.
  ///
  /// Lines and addresses go by their function: expressions know no lines.
  static func of(_ node: NodeID, in nodes: NodeTable) -> (pattern: String, label: String)? {
    guard nodes.indices.contains(node.index) else { return nil }
    let ids = [nodes.names[node.index], nodes.files[node.index], nodes.objectFiles[node.index]]
    guard let id = ids.first(where: { $0 != .empty }) else { return nil }
    let name = nodes.strings[id]
    guard nodes.granularity == .packages else { return ("^\(quoted(name))$", name) }
    return (package(name), name)
  }

  /// What matches the names of all functions of a package.
  private static func package(_ name: String) -> String {
    let slash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
    // Go writes dots in the last part of an import path as `%2e`.
    let last = quoted(String(name[slash...])).split(
      separator: "\\.", omittingEmptySubsequences: false
    )
    .joined(separator: "(\\.|%2e)")
    return "^[<&]*\(quoted(String(name[..<slash])))\(last)(\\.|::)"
  }

  /// The text as an expression that matches it as it stands.
  static func quoted(_ text: String) -> String {
    var result = ""
    for character in text {
      // Of a character of several scalars, such as a letter with accents, the first cannot be special.
      if #"\.+*?()|[]{}^$"#.contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
