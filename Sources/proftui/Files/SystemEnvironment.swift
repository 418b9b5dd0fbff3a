import Glibc
import ProfileFormats
import Reports

/// What reports need of this machine.
enum SystemEnvironment {
  static func make() -> ReportEnvironment {
    var environment = ReportEnvironment()
    environment.localTime = localTime
    environment.encode = { Gzip.compress(PprofEncoder.encode($0)) }
    environment.readFile = readFile
    environment.workingDirectory = workingDirectory
    environment.goRoot = goRoot
    environment.goModuleCache = goModuleCache
    return environment
  }

  /// The value of an environment variable; nil where it is not set, or empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  private static func localTime(_ seconds: Int64) -> LocalTime {
    var moment = time_t(seconds)
    var parts = tm()
    guard localtime_r(&moment, &parts) != nil else { return LocalTime(utc: seconds) }
    return LocalTime(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec),
      zone: parts.tm_zone.map { String(cString: $0) } ?? "UTC", offset: Int(parts.tm_gmtoff))
  }

  /// No source file is larger than this; what is, is something else.
  private static let sourceLimit = 64 << 20

  private static func readFile(_ path: String) -> Result<[UInt8], SourceFileError> {
    var status = stat()
    guard stat(path, &status) == 0 else { return .failure(.notFound) }
    if status.st_mode & S_IFMT == S_IFDIR { return .failure(.isDirectory) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .failure(.unreadable("is not a file"))
    }
    do {
      let bytes = try InputBytes.read(path, limit: sourceLimit)
      return .success(bytes.withBytes { Array($0) })
    } catch {
      return .failure(.unreadable(error.message))
    }
  }

  private static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  private static var goRoot: String? {
    variable("GOROOT") ?? ["/usr/local/go", "/usr/lib/go"].first { access($0 + "/src", R_OK) == 0 }
  }

  private static var goModuleCache: String? {
    if let cache = variable("GOMODCACHE") { return cache }
    if let path = variable("GOPATH") {
      return path.split(separator: ":").first.map { $0 + "/pkg/mod" }
    }
    return variable("HOME").map { $0 + "/go/pkg/mod" }
  }
}
