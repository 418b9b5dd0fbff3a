/// Units that convert into each other: bytes, time, or Google compute units.
///
/// To add a family, write it below and add it to `all`.
struct UnitFamily: Sendable {
  struct Unit: Sendable {
    /// What is printed after a number.
    var name: String
    /// How profiles and users spell it: lower case, without a final `s`.
    var aliases: [String]
    /// The size in the family's own measure.
    var factor: Double
  }

  /// From the smallest to the largest.
  let units: [Unit]
  /// What a value is printed in that is smaller than every unit, or asked for in a foreign unit.
  let defaultUnit: Unit

  static let all = [bytes, time, computeUnits]

  static let bytes = UnitFamily(
    units: [
      Unit(name: "B", aliases: ["b", "byte"], factor: 1),
      Unit(name: "kB", aliases: ["kb", "kbyte", "kilobyte"], factor: 0x1p10),
      Unit(name: "MB", aliases: ["mb", "mbyte", "megabyte"], factor: 0x1p20),
      Unit(name: "GB", aliases: ["gb", "gbyte", "gigabyte"], factor: 0x1p30),
      Unit(name: "TB", aliases: ["tb", "tbyte", "terabyte"], factor: 0x1p40),
      Unit(name: "PB", aliases: ["pb", "pbyte", "petabyte"], factor: 0x1p50),
    ], defaultUnit: Unit(name: "B", aliases: [], factor: 1))

  /// In nanoseconds. `μs` has no alias: it is three bytes long, so its `s` would be taken off.
  static let time = UnitFamily(
    units: [
      Unit(name: "ns", aliases: ["ns", "nanosecond"], factor: 1),
      Unit(name: "us", aliases: ["us", "microsecond"], factor: 1e3),
      Unit(name: "ms", aliases: ["ms", "millisecond"], factor: 1e6),
      Unit(name: "s", aliases: ["s", "sec", "second"], factor: 1e9),
      Unit(name: "hrs", aliases: ["hour", "hr"], factor: 3600e9),
    ], defaultUnit: Unit(name: "s", aliases: [], factor: 1e9))

  static let computeUnits = UnitFamily(
    units: [
      Unit(name: "n*GCU", aliases: ["nanogcu"], factor: 1e-9),
      Unit(name: "u*GCU", aliases: ["microgcu"], factor: 1e-6),
      Unit(name: "m*GCU", aliases: ["milligcu"], factor: 1e-3),
      Unit(name: "GCU", aliases: ["gcu"], factor: 1),
      Unit(name: "k*GCU", aliases: ["kilogcu"], factor: 1e3),
      Unit(name: "M*GCU", aliases: ["megagcu"], factor: 1e6),
      Unit(name: "G*GCU", aliases: ["gigagcu"], factor: 1e9),
      Unit(name: "T*GCU", aliases: ["teragcu"], factor: 1e12),
      Unit(name: "P*GCU", aliases: ["petagcu"], factor: 1e15),
    ], defaultUnit: Unit(name: "GCU", aliases: [], factor: 1))

  /// The unit that `spelling` stands for: letter case and one final `s` make no difference.
  func unit(spelled spelling: String) -> Unit? {
    var wanted = spelling.lowercased()
    // Counted in bytes, which keeps `s` and `ns` whole.
    if wanted.utf8.count > 2, wanted.utf8.last == UInt8(ascii: "s") {
      wanted.unicodeScalars.removeLast()
    }
    return units.first { $0.aliases.contains(wanted) }
  }

  /// The largest unit of which `value`, in the family's own measure, is at least one.
  func largestUnit(within value: Double) -> Unit? {
    // By index: a unit's words are counted as held while it is looked at.
    let best = units.indices.last { value / units[$0].factor >= 1 }
    return best.map { units[$0] }
  }
}
