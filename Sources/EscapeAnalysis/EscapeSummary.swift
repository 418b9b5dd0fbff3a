import ProfileModel

/// What the samples of a profile sum to by finding, for one sample type.
public struct EscapeSummary: Sendable {
  /// A finding and what its samples sum to.
  public struct Row: Hashable, Sendable {
    /// The index in `EscapeEvidence.findings`.
    public var finding: Int
    public var amount: EscapeAmount
  }

  public let evidence: EscapeEvidence
  /// Largest first; those that are zero throughout are left out.
  public let rows: [Row]
  public let total: EscapeAmount
  public let measure: EscapeMeasure

  /// What it takes beside the evidence, in bytes.
  public var byteCount: Int { rows.count * MemoryLayout<Row>.stride }

  /// - Parameters:
  ///   - profile: what filters left of the profile that the evidence is about, or that profile.
  ///   - measure: which columns of values to add up.
  /// - Complexity: O(*n*) in samples.
  public init(_ evidence: EscapeEvidence, _ profile: Profile, _ measure: EscapeMeasure) {
    self.evidence = evidence
    self.measure = measure
    var sums = [EscapeAmount](repeating: EscapeAmount(), count: evidence.findings.count)
    let values = profile.samples.values
    for sample in profile.samples.indices {
      let origin = profile.samples.origin(of: sample)
      guard let finding = evidence.finding(ofSample: origin) else { continue }
      sums[finding].add(
        EscapeAmount(
          bytes: values[measure.bytes][sample],
          objects: measure.objects.map { values[$0][sample] } ?? 0,
          shown: values[measure.shown][sample]))
    }
    var total = EscapeAmount()
    for sum in sums { total.add(sum) }
    self.total = total
    rows = sums.indices.filter { !sums[$0].isZero }
      .map { Row(finding: $0, amount: sums[$0]) }
      .sorted { Self.isOrdered($0.amount, before: $1.amount, $0.finding < $1.finding) }
  }

  public subscript(row: Row) -> EscapeFinding { evidence.findings[row.finding] }

  /// What is known how well: the sums by the tier of the types, or of the causes.
  public func sums(
    by tier: (EscapeFinding) -> EvidenceTier
  ) -> [(tier: EvidenceTier, amount: EscapeAmount)] {
    var sums: [EvidenceTier: EscapeAmount] = [:]
    for row in rows { sums[tier(self[row]), default: EscapeAmount()].add(row.amount) }
    return EvidenceTier.allCases.map { ($0, sums[$0] ?? EscapeAmount()) }
  }

  /// The same in magnitudes of what is shown: how much of all rows, whatever their signs.
  public func magnitudes(
    by tier: (EscapeFinding) -> EvidenceTier
  ) -> [(tier: EvidenceTier, amount: Int64)] {
    var sums: [EvidenceTier: Int64] = [:]
    for row in rows {
      sums[tier(self[row]), default: 0] &+= Int64(clamping: row.amount.shown.magnitude)
    }
    return EvidenceTier.allCases.map { ($0, sums[$0] ?? 0) }
  }

  /// Larger magnitudes first, then the order of a tie.
  static func isOrdered(
    _ left: EscapeAmount, before right: EscapeAmount, _ tie: Bool
  ) -> Bool {
    let (a, b) = (left.shown.magnitude, right.shown.magnitude)
    if a != b { return a > b }
    return left.bytes.magnitude == right.bytes.magnitude
      ? tie : left.bytes.magnitude > right.bytes.magnitude
  }
}
