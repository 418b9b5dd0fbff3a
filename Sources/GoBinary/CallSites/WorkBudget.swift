/// What a decoder may still do: far more than any real program and profile need, so that no made-up
/// one can keep it busy for longer than some seconds.
struct WorkBudget {
  /// Instructions that may still be decoded.
  var instructions = 1 << 27
  /// Instructions that may still be looked at on the way to a value.
  var steps = 1 << 30

  /// One value is given up as unknown after so many steps.
  static let stepsPerValue = 1 << 19
  /// Decoded functions are kept until they have so many instructions.
  static let keptInstructions = 1 << 20
}
