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
  /// The flags that only this subcommand has, for help and man page.
  var flags: [CommandFlag] { get }
  func run(_ arguments: [String]) throws(CommandFailure)
}

extension Subcommand {
  var firstWords: [String] { [] }
  var flags: [CommandFlag] { [] }
}

/// Every subcommand, in the order in which users see them.
enum Subcommands {
  static let all: [any Subcommand] = [
    ReportCommand(), DiffCommand(), CheckCommand(), SeriesCommand(), WatchCommand(),
    ExportCommand(),
    ExplainCommand(), CompletionsCommand(),
  ]

  /// The flags that only one of them has.
  static var flagGroups: [CommandFlags.Group] {
    all.map { CommandFlags.Group(title: "proftui \($0.name)", flags: $0.flags) }
  }

  static func subcommand(named name: String) -> (any Subcommand)? {
    all.first { $0.name == name }
  }
}
