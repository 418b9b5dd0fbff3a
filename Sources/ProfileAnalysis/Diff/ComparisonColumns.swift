import ProfileModel

/// The values of one sample type on their way into the union, in one unit.
struct ComparisonColumns {
  let baseValues, otherValues, normalizedValues: Column<Int64>
  let baseNoise, otherNoise: Column<Int64>
  let normalizingRatio: Double
  let noiseUnit: Double

  /// Noise is kept in whole numbers that sums of samples do not overflow.
  static let largestNoise = 0x1p52

  init(
    base: (profile: Profile, type: Int, ratio: Double),
    other: (profile: Profile, type: Int, ratio: Double)
  ) {
    func values(_ side: (profile: Profile, type: Int, ratio: Double)) -> Column<Int64> {
      let values = side.profile.samples.values[side.type]
      return side.ratio == 1 ? values : Column(values.lazy.map { $0.scaled(by: side.ratio) })
    }
    func noise(_ side: (profile: Profile, type: Int, ratio: Double)) -> [Double] {
      let noise = SamplingNoise(side.profile)
      guard !noise.isExact(side.type) else { return [] }
      return noise.variances(ofType: side.type).map { $0 * side.ratio * side.ratio }
    }
    baseValues = values(base)
    otherValues = values(other)
    let (sum, otherSum) = (baseValues.reduce(0, &+), otherValues.reduce(0, &+))
    let ratio = otherSum == 0 ? 0 : Double(sum) / Double(otherSum)
    normalizingRatio = ratio
    normalizedValues =
      ratio == 1 ? otherValues : Column(otherValues.lazy.map { $0.scaled(by: ratio) })
    let (baseVariances, otherVariances) = (noise(base), noise(other))
    let whole = baseVariances.reduce(0, +) + otherVariances.reduce(0, +)
    let unit = whole > 0 && whole.isFinite ? whole / Self.largestNoise : 1
    noiseUnit = unit
    func column(_ variances: [Double], count: Int) -> Column<Int64> {
      guard !variances.isEmpty else { return Column(repeating: 0, count: count) }
      return Column(variances.lazy.map { ProfileComparison.bounded($0 / unit) })
    }
    baseNoise = column(baseVariances, count: baseValues.count)
    otherNoise = column(otherVariances, count: otherValues.count)
  }
}
