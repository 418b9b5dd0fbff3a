extension Int64 {
  /// The value times `ratio`, rounded, ties away from zero; `Int64.min` where that is out of range.
  ///
  /// Goes through `Double`, as in `pprof`: above 2^53 the last digits are lost.
  func scaled(by ratio: Double) -> Int64 {
    if ratio == 1 { return self }
    // Exact both ways.
    if ratio == -1, magnitude < 1 << 53 { return 0 &- self }
    return Int64(exactly: (Double(self) * ratio).rounded(.toNearestOrAwayFromZero)) ?? .min
  }
}
