/// Tells functions of Go's standard library from a program's own.
enum StandardLibrary {
  /// Whether the function is the library's, by the first part of its package's path.
  static func has(_ function: String) -> Bool {
    let end = function.firstIndex { $0 == "/" || $0 == "." } ?? function.endIndex
    // A first part with a dot, as `example.org/`, is a host.
    if end < function.endIndex, function[end] == ".", function[end...].contains("/") {
      let slash = function.firstIndex(of: "/") ?? function.endIndex
      let bracket = function.firstIndex { $0 == "[" || $0 == "(" } ?? function.endIndex
      if slash < bracket { return false }
    }
    return folders.contains(String(function[..<end]))
  }

  private static let folders: Set<String> = [
    "archive", "bufio", "builtin", "bytes", "cmp", "compress", "container", "context", "crypto",
    "database", "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash",
    "html", "image", "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os",
    "path", "plugin", "reflect", "regexp", "runtime", "slices", "sort", "strconv", "strings",
    "structs", "sync", "syscall", "testing", "text", "time", "unicode", "unique", "unsafe",
    "vendor", "weak",
  ]
}
