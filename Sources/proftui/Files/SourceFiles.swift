import Inspector
import ProfileAnalysis
import ProfileModel
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
      case .failure(.notFound), .failure(.isDirectory): break
      case .failure(.unreadable(let words)): reason = reason ?? "\(place) \(words)"
      }
    }
    return .failure(MissingSource(tried: places.candidates, reason: reason))
  }

  /// Reads source files for either side of a comparison.
  ///
  /// What stands where a profile says is taken for the newer build's, but for files that only the
  /// older profile names: nobody keeps both versions in one place.
  static func reader(
    _ options: ReportOptions, base: Profile, other: Profile
  ) -> ProfileComparison.SourceReader {
    let newer = SourceFiles(options)
    var older: SourceFiles?
    if !options.baseSourcePath.isEmpty {
      var options = options
      options.sourcePath = options.baseSourcePath
      older = SourceFiles(options)
    }
    let newNames = Set(other.functions.filenames.map { other.strings[$0] })
    return { [older] side, file in
      let text: Result<SourceText, MissingSource>
      if side == .other {
        text = newer.text(of: file)
      } else if let older {
        text = older.text(of: file)
      } else if file.hasPrefix("/"), !newNames.contains(file) {
        text = newer.text(of: file)
      } else {
        return nil
      }
      return try? text.map(\.lines).get()
    }
  }
}

extension SourceText {
  /// The lines, without their ends.
  var lines: [[UInt8]] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
  }
}
