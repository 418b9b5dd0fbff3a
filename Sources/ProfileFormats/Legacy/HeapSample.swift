#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Makes up for the allocations that a heap profiler did not sample.
enum HeapSample {
  /// Count and bytes of all allocations, from those sampled once in `rate` bytes on average.
  ///
  /// A sample of average size *s* was taken with probability 1 - e^(-s/rate). Both numbers are cut, not
  /// rounded, as pprof does. A rate of 1 or less means that all were sampled.
  static func scaled(count: Int64, size: Int64, rate: Int64) -> (count: Int64, size: Int64) {
    guard count != 0, size != 0 else { return (0, 0) }
    guard rate > 1 else { return (count, size) }
    let average = Double(size) / Double(count)
    let scale = 1 / (1 - exp(-average / Double(rate)))
    return (Int64(cutting: Double(count) * scale), Int64(cutting: Double(size) * scale))
  }
}

extension Int64 {
  /// The number without its fraction; the least there is where it does not fit, as processors have it.
  init(cutting value: Double) {
    self = value >= -0x1p63 && value < 0x1p63 ? Int64(value) : .min
  }

  /// The quotient; wraps for the one that does not fit.
  func wrappingDivided(by divisor: Int64) -> Int64 {
    dividedReportingOverflow(by: divisor).partialValue
  }
}
