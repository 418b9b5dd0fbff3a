import Glibc
import Inspector
import NcursesTerminal
import Reports

/// Where the user's own files are.
enum UserFiles {
  /// The configuration: `$XDG_CONFIG_HOME/proftui/config`; nil where there is no home.
  static var configuration: String? { path("XDG_CONFIG_HOME", ".config", "config") }

  /// What is kept from run to run: `$XDG_STATE_HOME/proftui/state`; nil where there is no home.
  static var state: String? { path("XDG_STATE_HOME", ".local/state", "state") }

  /// The path with `~/` written out.
  static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = SystemEnvironment.variable("HOME") else { return path }
    return home + path.dropFirst()
  }

  private static func path(_ variable: String, _ folder: String, _ name: String) -> String? {
    // As the standard has it, a relative folder counts for nothing.
    if let base = SystemEnvironment.variable(variable), base.hasPrefix("/") {
      return "\(base)/proftui/\(name)"
    }
    return SystemEnvironment.variable("HOME").map { "\($0)/\(folder)/proftui/\(name)" }
  }
}

/// The user's configuration: lines of `set`, `bind` and `color`. Nothing in it is ever executed.
enum ConfigurationFile {
  /// No configuration is larger.
  private static let maximumBytes = 1 << 20

  /// Applies the file that the command line names, or else the user's own where there is one.
  ///
  /// - Returns: what is wrong, a line for each bad line, which is left out: `config:3: …`.
  static func apply(
    to settings: inout Settings, _ invocation: Invocation
  ) throws(CommandFailure) -> [String] {
    if invocation.inspector["no_config"] == "true" { return [] }
    if let path = invocation.inspector["config"] { return try apply(path, to: &settings) }
    guard let path = UserFiles.configuration, access(path, F_OK) == 0 else { return [] }
    do throws(CommandFailure) {
      return try apply(path, to: &settings)
    } catch {
      return [error.line]
    }
  }

  private static func apply(
    _ path: String, to settings: inout Settings
  ) throws(CommandFailure) -> [String] {
    let bytes = try InputBytes.read(path, limit: maximumBytes)
    let text = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
    var problems: [String] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let isLogin = Logins.isMeant(by: String(line))
      let problem =
        isLogin ? Logins.problem(String(line)) : apply(String(line), to: &settings)
      if let problem {
        problems.append("\(path):\(index + 1): \(problem)")
      }
    }
    var status = stat()
    if lines.contains(where: { Logins.isMeant(by: String($0)) }), stat(path, &status) == 0,
      status.st_mode & 0o077 != 0
    {
      problems.append("\(path): has logins and is open to others; chmod 600 closes it")
    }
    return problems
  }

  /// Applies a line; what is wrong with it, if anything.
  private static func apply(_ line: String, to settings: inout Settings) -> String? {
    do throws(ConfigurationError) {
      guard let parsed = try ConfigurationLine.parse(line) else { return nil }
      if case .color(_, let text) = parsed, let problem = ColorWords.problem(text) {
        return problem
      }
      try settings.apply(parsed)
      return nil
    } catch {
      return error.description
    }
  }
}

/// What is kept from run to run. A file that is broken is told of, left out, and written anew.
enum StateFile {
  /// What earlier runs left; empty where there is nothing.
  ///
  /// - Parameter warn: is told of a file that cannot be used.
  static func read(warn: (String) -> Void = { _ in }) -> RememberedState {
    guard let path = UserFiles.state, access(path, F_OK) == 0 else { return RememberedState() }
    do throws(CommandFailure) {
      let bytes = try InputBytes.read(path, limit: RememberedState.maximumBytes)
      let text = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
      if let state = RememberedState(text: text) { return state }
      warn("\(path): is broken, and counts for nothing")
    } catch {
      warn(error.line)
    }
    return RememberedState()
  }

  /// Keeps what the inspector knows besides what others have written since it began.
  static func write(_ inspector: Inspector) {
    guard let path = UserFiles.state else { return }
    let text = inspector.remembered(in: read()).text
    guard makeFolders(of: path) else { return }
    do throws(CommandFailure) {
      try ReportOutput.write(to: path, permissions: 0o600) { (output) in output.write(text) }
    } catch {
      StandardStreams.complain(error.line)
    }
  }

  /// Makes the folders that are missing, for the user alone; false where that cannot be done, or where
  /// there is no home to make them in.
  private static func makeFolders(of path: String) -> Bool {
    let home = SystemEnvironment.variable("XDG_STATE_HOME") ?? SystemEnvironment.variable("HOME")
    guard let home, access(home, F_OK) == 0 else { return false }
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      if mkdir(folder, 0o700) != 0, errno != EEXIST { return false }
    }
    return true
  }
}
