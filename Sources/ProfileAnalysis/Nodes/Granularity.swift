/// What the rows of a report are: how finely frames are told apart.
public enum Granularity: String, CaseIterable, Sendable {
  /// By name.
  case functions
  /// By name and file.
  case filefunctions
  case files
  /// By name, file and line.
  case lines
  /// By name, file, line and address.
  case addresses
  /// By the package, module or namespace that the name begins with. Not known to `pprof`.
  case packages

  var keepsName: Bool { self != .files }
  var keepsFile: Bool { self != .functions && self != .packages }
  var keepsLine: Bool { self == .lines || self == .addresses }
  var keepsAddress: Bool { self == .addresses }
}
