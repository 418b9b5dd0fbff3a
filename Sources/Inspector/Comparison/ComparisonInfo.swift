import ProfileAnalysis
import ProfileModel

/// What two profiles have in common and what not, line by line.
enum ComparisonInfo {
  static func lines(
    _ session: ProfileSession, _ compared: SessionComparison, arrow: String
  ) -> [InfoLine] {
    let comparison = compared.comparison
    let (old, new) = (comparison.base, comparison.other)
    var lines = [InfoLine(label: "Comparison", isHeading: true)]
    func add(_ label: String, _ value: String) {
      if !value.isEmpty { lines.append(InfoLine(label: label, value: value)) }
    }
    add("old", compared.names.base)
    add("new", compared.names.other)
    add(
      "percentages",
      compared.kind == .difference ? "of the old total, as -diff_base" : "of the change, as -base")
    if compared.isNormalized {
      add("normalized", "the new is scaled to the total of the old, type by type")
    }
    add(
      "matched by",
      comparison.isSameBuild
        ? "address: both are of one build"
        : "function name and file: builds differ or are not known")
    if comparison.moves.count > 0 {
      add("moved lines", "\(comparison.moves.count), under the numbers that the new build has")
      let files = comparison.moves.readFileCount
      add(
        "lines by",
        files > 0
          ? "their text, in \(files == 1 ? "1 file" : "\(files) files") of which both versions were read"
          : "what they call; by their text after :set base_source_path=DIR of the old sources")
    }
    let (leftOld, leftNew) = comparison.leftOut
    add("only in old", leftOld.joined(separator: ", "))
    add("only in new", leftNew.joined(separator: ", "))
    let noise = SamplingNoise(new)
    let isExact = new.header.sampleTypes.indices.allSatisfy { noise.isExact($0) }
    add(
      "noise",
      isExact
        ? "none: nothing was sampled"
        : "standard errors are estimated from the sampling period; ~ is within two of them")

    lines.append(InfoLine())
    lines.append(InfoLine(label: "What differs", isHeading: true))
    let count = lines.count
    func compare(_ label: String, _ text: (Profile) -> String) {
      let (old, new) = (text(old), text(new))
      guard old != new else { return }
      add(label, "\(old.isEmpty ? "not given" : old) \(arrow) \(new.isEmpty ? "not given" : new)")
    }
    compare("program") { $0.mappings.first?.file ?? "" }
    compare("build id") { $0.mappings.first?.buildID ?? "" }
    compare("go version") { goVersion($0) ?? "" }
    compare("time") {
      $0.header.timeNanos == 0 ? "" : UTCTime.text(nanoseconds: $0.header.timeNanos)
    }
    compare("duration") {
      $0.header.durationNanos == 0
        ? "" : Measurement.label($0.header.durationNanos, unit: "nanoseconds")
    }
    compare("period") { ProfileInfo.periodText($0.header) }
    compare("comments") { $0.header.comments.joined(separator: "; ") }
    compare("samples") { "\($0.samples.count)" }
    compare("functions") { "\($0.functions.count)" }
    compare("warnings") { "\($0.warnings.count)" }
    if lines.count == count { add("", "nothing but the values") }
    lines.append(InfoLine())
    return lines
  }

  /// The release of Go that built the program, as paths of its library tell; nil where they do not.
  private static func goVersion(_ profile: Profile) -> String? {
    let mark = Array("go1.".utf8)
    let functions = profile.functions
    for function in functions.indices {
      guard profile.strings.withBytes(of: functions.names[function], { $0.starts(with: runtime) })
      else { continue }
      let file = profile.strings[functions.filenames[function]]
      // As in `/usr/local/go1.22.3/src/` and `golang.org/toolchain@v0.0.1-go1.24.0.linux-amd64/`.
      for part in file.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == "@" })
      where part.utf8.starts(with: mark) {
        let digits = part.utf8.dropFirst(2).prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2e }
        let version = String(decoding: digits, as: UTF8.self)
        return "go" + (version.hasSuffix(".") ? String(version.dropLast()) : version)
      }
      return nil
    }
    return nil
  }

  private static let runtime = Array("runtime.".utf8)
}
