/// Names as long and as alike as those of a real program, a distinct one for each number.
enum FunctionNames {
  private static let packages = [
    "store", "index", "codec", "router", "session", "billing", "search", "metrics", "auth",
    "queue", "render", "schema", "shard", "tracing", "upload", "webhook",
  ]
  private static let types = [
    "Table", "Reader", "Writer", "Cache", "Pool", "Client", "Server", "Node", "Cursor", "Batch",
    "Lease", "Entry",
  ]
  private static let verbs = [
    "load", "store", "encode", "decode", "merge", "split", "visit", "flush", "acquire", "release",
    "scan", "apply", "resolve", "append", "copy", "validate", "dispatch", "parse", "expand",
  ]

  static func name(_ number: Int) -> (function: String, file: String) {
    let package = packages[number % packages.count]
    let type = types[number / 3 % types.count]
    let verb = verbs[number / 7 % verbs.count]
    let path = "example.org/fleet/internal/\(package)"
    return (
      "\(path).(*\(type)).\(verb)\(number)",
      "/src/fleet/internal/\(package)/\(type.lowercased())\(number / 40).go"
    )
  }
}
