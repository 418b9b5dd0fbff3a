import Glibc
import Reports

/// The help that `--help` prints, read off the registries.
enum Help {
  static let version = "0.1.0"

  static func print() { write(text) }

  static func printVersion() { write("proftui \(version)\n") }

  static var text: String {
    var text = """
      usage: proftui [flags] [BINARY] PROFILE...

      Opens an inspector for pprof profiles; without a terminal, prints the top report.
      PROFILE is a path, or - for standard input; several are merged. Flags are written as
      with go tool pprof, with one dash or two.


      """
    for subcommand in Subcommands.all {
      text += row("proftui \(subcommand.name) \(subcommand.usage)", subcommand.summary)
    }
    text += "\nExport:\n"
    for flag in ExportFlags.own { text += row(heading(flag), flag.summary) }
    for group in CommandFlags.groups + Subcommands.flagGroups where !group.flags.isEmpty {
      text += "\n\(group.title):\n"
      for flag in group.flags {
        text += row(heading(flag), flag.summary)
      }
    }
    return text
  }

  private static func heading(_ flag: CommandFlag) -> String {
    flag.placeholder.map { "-\(flag.name)=\($0)" } ?? "-\(flag.name)"
  }

  private static func row(_ left: String, _ right: String) -> String {
    let padding = String(repeating: " ", count: max(1, 24 - left.count))
    return left.count > 23
      ? "  \(left)\n" + String(repeating: " ", count: 26) + "\(right)\n"
      : "  \(left)\(padding)\(right)\n"
  }

  /// Writes the text to standard output.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 {
      _ = StandardStreams.write(UnsafeRawBufferPointer($0), to: STDOUT_FILENO)
    }
  }
}
