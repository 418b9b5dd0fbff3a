import Glibc

/// Why a measurement could not be made.
enum BenchError: Error, CustomStringConvertible {
  /// A call to the system and the `errno` it left.
  case system(String, Int32)
  case outOfMemory
  /// A file that does not inflate.
  case damaged
  /// A program that should have exited with 0.
  case failed(String)

  var description: String {
    switch self {
    case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
    case .outOfMemory: "out of memory"
    case .damaged: "does not inflate"
    case .failed(let command): "failed: \(command)"
    }
  }
}
