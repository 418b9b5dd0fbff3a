/// A word after `proftui`, and what it does.
///
/// To add one, write a type that conforms, in a file of its own, and its line in `Subcommands.all`.
protocol Subcommand: Sendable {
  var name: String { get }
  /// What follows the name, for help.
  var usage: String { get }
  /// A line of help, without a full stop.
  var summary: String { get }
  /// The words that may come first after the name, for completion.
  var firstWords: [String] { get }
  func run(_ arguments: [String]) throws(CommandFailure)
}

extension Subcommand {
  var firstWords: [String] { [] }
}

/// Every subcommand, in the order in which users see them.
enum Subcommands {
  static let all: [any Subcommand] = [
    ReportCommand(), ExportCommand(), CompletionsCommand(),
  ]

  static func subcommand(named name: String) -> (any Subcommand)? {
    all.first { $0.name == name }
  }
}
