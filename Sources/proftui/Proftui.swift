import Glibc
import Reports

/// The program: reads its command line, and does what that says.
@main
struct Proftui {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    var arguments = CommandLine.arguments.dropFirst()
    do throws(CommandFailure) {
      if let name = arguments.first, let subcommand = Subcommands.subcommand(named: name) {
        arguments = arguments.dropFirst()
        try subcommand.run(Array(arguments))
      } else {
        try DefaultCommand.run(Array(arguments))
      }
    } catch {
      StandardStreams.complain(error.line)
      exit(error.status)
    }
  }
}
