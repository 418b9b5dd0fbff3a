import ProfileAnalysis
import ProfileModel

/// The line of the program that a change of a symbol comes from.
///
/// Of what a library function allocates the program's own line that leads to it says more: it is the
/// innermost frame, at the symbol or above it, that is not of the language's own library.
struct GrowthOrigin: Sendable {
  /// A node of the table of lines.
  let line: NodeID
  /// What the samples that come from it sum up to.
  let change: Int64

  /// The line that most of `values` come from, in the stacks that have the node; nil where none has.
  ///
  /// - Complexity: O(*n*) in the frames of all stacks.
  init?(
    of node: NodeID, _ profile: Profile, nodes: NodeTable, lines: NodeTable, values: Column<Int64>
  ) {
    let weights = StackWeights.compute(profile, values: values)
    var known: [FunctionID: Bool] = [:]
    func isLibrary(_ function: FunctionID) -> Bool {
      if let known = known[function] { return known }
      let name = profile.functions.names[function.index]
      let result = profile.strings.withBytes(of: name) { StandardLibrary.holds($0) }
      known[function] = result
      return result
    }
    let isHit = nodes.locations { $0 == node }
    var sums: [NodeID: Int64] = [:]
    let isFound = profile.stacks.stacks(where: isHit)
    var cursor = StackCursor(profile.stacks)
    for stack in weights.indices where weights[stack] != 0 && isFound[stack] {
      var isBelow = true
      var found: NodeID?
      cursor.move(to: stack)
      let locations = cursor.locations
      for index in locations.indices {
        let location = locations[index]
        if isBelow, !isHit[location.index] { continue }
        let shown = Array(nodes[location])
        for (offset, line) in profile.locations.lines(of: location).enumerated() {
          if isBelow, shown.indices.contains(offset), shown[offset] == node { isBelow = false }
          guard !isBelow else { continue }
          let position = lines.range(of: location).lowerBound + offset
          guard position < lines.locationNodes.count else { continue }
          // Where all is of the library, the symbol's own line has to do.
          if found == nil { found = lines.locationNodes[position] }
          guard !isLibrary(line.function) else { continue }
          found = lines.locationNodes[position]
          break
        }
        if let found, !isBelow, !StandardLibrary.holds(lines, found) { break }
      }
      if let found { sums[found, default: 0] &+= weights[stack] }
    }
    let best = sums.max {
      ($0.value.magnitude, $1.key) < ($1.value.magnitude, $0.key)
    }
    guard let best, best.value != 0, lines.lines[best.key.index] > 0 else { return nil }
    line = best.key
    change = best.value
  }
}

/// Functions that come with the language.
enum StandardLibrary {
  /// The first parts of the import paths of Go's own packages.
  private static let packages: Set<String> = [
    "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database",
    "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image",
    "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin",
    "reflect", "regexp", "runtime", "slices", "sort", "strconv", "strings", "structs", "sync",
    "syscall", "testing", "text", "time", "type:", "unicode", "unique", "unsafe", "vendor", "weak",
    // Those of other languages, as their names begin.
    "std", "core", "alloc", "java", "javax", "jdk", "sun",
  ]

  static func holds(_ name: some Collection<UInt8>) -> Bool {
    let head = name.prefix { byte in
      byte != UInt8(ascii: "/") && byte != UInt8(ascii: ".") && byte != UInt8(ascii: ":")
    }
    guard head.count < name.count, head.count <= 10 else { return false }
    return packages.contains(String(decoding: head, as: UTF8.self))
  }

  static func holds(_ nodes: NodeTable, _ node: NodeID) -> Bool {
    nodes.strings.withBytes(of: nodes.names[node.index]) { holds($0) }
  }
}
