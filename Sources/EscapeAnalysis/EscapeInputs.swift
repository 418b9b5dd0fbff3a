import GoBinary

/// What there is to know the allocations of a profile by, besides the profile itself.
///
/// All of it is optional: what is missing leaves weaker evidence, or none.
public struct EscapeInputs: Sendable {
  /// The program that was profiled; functions are compared before anything is read from it.
  public var executable: GoExecutable?
  /// The executable's path, and how it was found, for people: `./app (first argument)`.
  public var executableNote = ""
  /// Why there is no executable although one was found; empty where there is nothing to say.
  public var executableProblem = ""
  /// What the compiler logged.
  public var compilerLog: CompilerLog?
  /// The lines of a source file by the name that the profile has for it; nil where there is none.
  public var sourceLines: (@Sendable (String) -> [[UInt8]]?)?

  public init(
    executable: GoExecutable? = nil, compilerLog: CompilerLog? = nil,
    sourceLines: (@Sendable (String) -> [[UInt8]]?)? = nil
  ) {
    self.executable = executable
    self.compilerLog = compilerLog
    self.sourceLines = sourceLines
  }
}
