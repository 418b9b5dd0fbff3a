/// What every measurement is held against: the one place where budgets are written.
enum Budgets {
  /// A goal for a whole process beside `go tool pprof`.
  struct Ratio: Sendable {
    /// Times less processor time, at least.
    var cpu: Double
    /// Times less memory at the peak, at least.
    var memory: Double
  }

  /// By the work and the shape of the profile, as `compare` names them.
  static let ratios: [String: Ratio] = [
    "top small": Ratio(cpu: 30, memory: 3),
    "top medium": Ratio(cpu: 80, memory: 5),
    "top large": Ratio(cpu: 130, memory: 6),
    "top labels": Ratio(cpu: 100, memory: 10),
    "diff medium": Ratio(cpu: 100, memory: 5),
    "traces medium": Ratio(cpu: 30, memory: 20),
    "flame medium": Ratio(cpu: 50, memory: 10),
  ]

  /// Instructions for each sample of `small`, at most, by the step's name.
  ///
  /// The whole call tree walks along stacks as they are kept: a tenth more instructions than along
  /// a copy of all frames would take, which needs more memory than the profile.
  static let instructions: [String: Double] = [
    "load": 5_000, "totals": 1_500, "marks": 2_300, "call tree, all": 20_000, "frame": 4_300,
  ]

  /// Nanoseconds of processor time for each sample of `medium`, at most, by the step's name.
  static let nanoseconds: [String: Double] = [
    "load": 300, "decode": 180, "totals": 250, "call tree, hot path": 50, "call tree, all": 1_500,
  ]
}
