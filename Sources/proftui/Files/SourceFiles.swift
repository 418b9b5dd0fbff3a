import Inspector
import Reports

/// Finds the source files that profiles name, where this machine has them.
struct SourceFiles {
  private let environment: ReportEnvironment
  private let searchPath: String
  private let trimPath: String

  init(_ options: ReportOptions, environment: ReportEnvironment = SystemEnvironment.make()) {
    self.environment = environment
    searchPath = options.sourcePath.isEmpty ? environment.workingDirectory : options.sourcePath
    trimPath = options.trimPath
  }

  /// The text of the first file that is where one may be.
  func text(of file: String) -> Result<SourceText, MissingSource> {
    let places = SourcePlaces(
      path: file, searchPath: searchPath, trimPath: trimPath, environment: environment)
    var reason: String?
    for place in places.candidates {
      switch environment.readFile(place) {
      case .success(let bytes): return .success(SourceText(path: place, bytes: bytes))
      case .failure(.notFound): break
      case .failure(.unreadable(let words)): reason = reason ?? "\(place) \(words)"
      }
    }
    return .failure(MissingSource(tried: places.candidates, reason: reason))
  }
}
