import EscapeAnalysis
import ProfileAnalysis
import ProfileModel

/// What samples sum to in both profiles by names that they have: of label values, or of types.
struct GrowthSums {
  private(set) var values: [String: ComparedValue] = [:]

  /// - Parameter names: those of a sample, by its row; each once.
  init(
    _ subject: ReportSubject, _ comparison: ProfileComparison, names: (_ sample: Int) -> [String]
  ) {
    let profile = subject.profile
    let type = subject.typeIndex
    func values(_ column: Int) -> Column<Int64> { profile.samples.values[column] }
    let columns =
      [ComparisonSide.base, .other, .change].map { values(comparison.column($0, ofType: type)) }
      + comparison.noiseColumns(.change, ofType: type).map(values)
    var sums: [String: [Int64]] = [:]
    for sample in profile.samples.indices {
      for name in names(sample) {
        for (index, column) in columns.enumerated() {
          sums[name, default: Array(repeating: 0, count: columns.count)][index] &+= column[sample]
        }
      }
    }
    self.values = sums.mapValues { sum in
      ComparedValue(
        base: sum[0], other: sum[1], change: sum[2],
        standardError: comparison.standardError(sum[3...].reduce(0, &+), ofType: type))
    }
  }

  /// What the samples with each value of a label sum to.
  static func ofLabel(
    _ key: String, _ subject: ReportSubject, _ comparison: ProfileComparison
  ) -> GrowthSums {
    let profile = subject.profile
    // Each set of labels is read once.
    let names: [[String]] = (0..<profile.labelSets.count).map { set in
      var names: [String] = []
      for label in profile.labelSets[LabelSetID(set)] where profile.strings[label.key] == key {
        let name =
          label.isNumeric
          ? "\(label.number)\(profile.strings[label.unit])" : profile.strings[label.string]
        if !names.contains(name) { names.append(name) }
      }
      return names
    }
    return GrowthSums(subject, comparison) { names[profile.samples.labelSet($0).index] }
  }
}

/// What the objects of each concrete type sum to, and where most of each grew.
struct GrowthOfTypes {
  let sums: GrowthSums
  private let places: [String: GrowthCheck.Place]

  /// - Complexity: that of reading the program's code, and O(*n*) in samples.
  init(_ subject: ReportSubject, _ comparison: ProfileComparison) {
    let evidence = subject.environment.escapeEvidence(subject.loaded)
    if case .used = evidence.binary { isOfProgram = true } else { isOfProgram = false }
    let samples = subject.profile.samples
    func finding(_ sample: Int) -> Int? {
      evidence.finding(ofSample: samples.origin(of: sample))
        .flatMap { evidence.findings[$0].type.isEmpty ? nil : $0 }
    }
    sums = GrowthSums(subject, comparison) { sample in
      finding(sample).map { [evidence.findings[$0].type] } ?? []
    }
    let change = samples.values[comparison.column(.change, ofType: subject.typeIndex)]
    var growth = [Int64](repeating: 0, count: evidence.findings.count)
    for sample in samples.indices {
      if let finding = finding(sample) { growth[finding] &+= change[sample] }
    }
    var most: [String: Int64] = [:]
    var places: [String: GrowthCheck.Place] = [:]
    let functions = subject.loaded.functions
    for (finding, growth) in zip(evidence.findings, growth) {
      guard growth > most[finding.type] ?? 0, let function = finding.function, finding.line > 0
      else { continue }
      most[finding.type] = growth
      places[finding.type] = GrowthCheck.Place(
        file: subject.loaded.strings[functions.filenames[function.index]], line: finding.line)
    }
    self.places = places
  }

  /// Whether the program was at hand: without it little is known.
  let isOfProgram: Bool

  func place(of type: String) -> GrowthCheck.Place? { places[type] }
}
