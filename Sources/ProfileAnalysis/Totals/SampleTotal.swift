import ProfileModel

/// What a report's percentages are of.
public enum SampleTotal {
  /// The sum of the magnitudes of `values`; where samples that are labelled `pprof::base` sum to
  /// more than nothing, theirs alone, so that a comparison is told in shares of its base.
  ///
  /// Sums wrap around at 64 bits, as in `pprof`.
  /// - Parameter divisors: where given, the sum is divided by that of the divisors.
  /// - Complexity: O(*n*) in samples.
  public static func compute(
    _ profile: Profile, values: Column<Int64>, divisors: Column<Int64>? = nil
  ) -> Int64 {
    var whole = Sums()
    whole.add(values, divisors) { _ in true }
    let isBase = baseSets(of: profile)
    if isBase.contains(true) {
      var base = Sums()
      let labelSets = profile.samples.labelSetColumn
      base.add(values, divisors) { isBase[labelSets[$0].index] }
      if base.total > 0 { whole = base }
    }
    return quotient(whole.total, whole.divisor)
  }

  /// `value` divided by `divisor` towards zero; `value` itself where `divisor` is 0.
  public static func quotient(_ value: Int64, _ divisor: Int64) -> Int64 {
    divisor == 0 ? value : value.dividedReportingOverflow(by: divisor).partialValue
  }

  private struct Sums {
    var total: Int64 = 0
    var divisor: Int64 = 0

    mutating func add(
      _ values: Column<Int64>, _ divisors: Column<Int64>?, where isCounted: (Int) -> Bool
    ) {
      let values = values.span
      for sample in values.indices where isCounted(sample) {
        let value = values[sample]
        total &+= value < 0 ? 0 &- value : value
        if let divisors { divisor &+= divisors[sample] }
      }
    }
  }

  /// For each label set whether it marks samples of a base profile; empty where none can.
  private static func baseSets(of profile: Profile) -> [Bool] {
    guard profile.samples.hasLabels else { return [] }
    let sets = profile.labelSets
    func isMark(_ string: StringID, _ wanted: StaticString) -> Bool {
      profile.strings.byteCount(of: string) == wanted.utf8CodeUnitCount
        && profile.strings.withBytes(of: string) { bytes in
          wanted.withUTF8Buffer { bytes.elementsEqual($0) }
        }
    }
    return (0..<sets.count).map { set in
      sets[LabelSetID(set)].contains { label in
        !label.isNumeric && isMark(label.key, "pprof::base") && isMark(label.string, "true")
      }
    }
  }
}
