extension Int64 {
  /// The value times `ratio`, rounded, ties away from zero; `Int64.min` where that is out of range.
  ///
  /// Goes through `Double`, as in `pprof`: above 2^53 the last digits are lost.
  func scaled(by ratio: Double) -> Int64 {
    if ratio == 1 { return self }
    return Int64(exactly: (Double(self) * ratio).rounded(.toNearestOrAwayFromZero)) ?? .min
  }
}
