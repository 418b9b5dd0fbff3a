import Reports

/// A flag of the program: its name, its help, and what giving it does.
///
/// Flags are written as Go programs take them: `-name`, `--name`, `-name=value`, `-name value`; a
/// switch takes its value only after `=`. Hyphen and underscore are the same.
struct CommandFlag: Sendable {
  /// The name without dashes, with underscores.
  let name: String
  /// What stands for the value in help; nil for a switch.
  let placeholder: String?
  let summary: String
  /// Takes over the value; a switch is given `true` where it stands alone.
  let apply: @Sendable (inout Invocation, String) throws(UsageError) -> Void

  var isSwitch: Bool { placeholder == nil }

  /// A switch that sets `path`.
  static func toggle(
    _ name: String, _ summary: String, _ path: any WritableKeyPath<Invocation, Bool> & Sendable
  ) -> CommandFlag {
    CommandFlag(name: name, placeholder: nil, summary: summary) {
      (invocation, value) throws(UsageError) in
      invocation[keyPath: path] = try bool(value, of: name)
    }
  }

  /// A flag whose value `path` takes.
  static func text(
    _ name: String, _ placeholder: String, _ summary: String,
    _ path: any WritableKeyPath<Invocation, String> & Sendable
  ) -> CommandFlag {
    CommandFlag(name: name, placeholder: placeholder, summary: summary) { invocation, value in
      invocation[keyPath: path] = value
    }
  }

  static func bool(_ value: String, of name: String) throws(UsageError) -> Bool {
    guard let parsed = BoolWords.flag.parse(value) else {
      throw .invalidValue(value, flag: name)
    }
    return parsed
  }
}
