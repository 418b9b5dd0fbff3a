import EscapeAnalysis
import Glibc
import Reports

/// `proftui explain [flags] PACKAGE...`: builds with the compiler's escape log, and keeps it.
struct ExplainCommand: Subcommand {
  let name = "explain"
  let usage = "[--dir DIR] PACKAGE..."
  let summary = "Build Go packages with the compiler's log of escapes, and keep it for --escape"

  func run(_ arguments: [String]) throws(CommandFailure) {
    var invocation = Invocation()
    do throws(UsageError) {
      try FlagParser(Self.flags).parse(arguments, into: &invocation)
    } catch {
      throw CommandFailure(usage: error)
    }
    if invocation.wantsHelp { return Help.print() }
    let packages = invocation.positionals
    guard !packages.isEmpty else {
      throw CommandFailure(
        nil, "explain needs a package, as ./cmd/app", status: ExitStatus.usage)
    }
    // Several commands in one folder would overwrite each other's files: all are package main.
    for package in packages { try explain(package, folder: invocation.outputPath) }
  }

  private static let flags: [CommandFlag] = [
    .text("dir", "DIR", "Keep the log here instead of in the cache", \.outputPath),
    .toggle("help", "Print this help", \.wantsHelp),
    .toggle("h", "Print this help", \.wantsHelp),
  ]

  private func explain(_ package: String, folder: String) throws(CommandFailure) {
    guard !package.hasPrefix("-") else {
      throw CommandFailure(package, "not a package", status: ExitStatus.usage)
    }
    let base = folder.isEmpty ? try Self.cacheFolder() : folder
    let target = try Self.absolute(base) + "/" + Self.fileName(package)
    try Self.makeFolders(target)
    try Self.build("all", package, into: target)
    // What several commands log is of one name: each has a folder of its own, too.
    for command in try Self.commands(package) {
      let own = "\(target)/\(Self.fileName(command))"
      try Self.makeFolders(own)
      try Self.build(command, command, into: own)
    }
    var log = CompilerLog()
    let count = try CompilerLogFiles.add(target, to: &log)
    guard count > 0 else {
      throw CommandFailure(
        package, "go build wrote no log; is everything in the build cache? go clean -cache helps")
    }
    Help.write("\(target)\n")
    StandardStreams.complain("\(count) escapes logged; use it with --escape \(target)")
  }

  /// Builds with the log of the packages that match `logged`.
  private static func build(
    _ logged: String, _ package: String, into folder: String
  ) throws(CommandFailure) {
    let arguments = [
      "go", "build", "-gcflags=\(logged)=-json=0,file://\(escaped(folder))", "-o", "/dev/null",
      package,
    ]
    StandardStreams.complain("running \(arguments.joined(separator: " "))")
    let status = try run(arguments)
    guard status == 0 else {
      throw CommandFailure(package, "go build failed with status \(status)")
    }
  }

  /// The commands that a pattern names, where there are several.
  private static func commands(_ pattern: String) throws(CommandFailure) -> [String] {
    guard pattern.contains("...") else { return [] }
    let commands = try output(of: ["go", "list", "-f", "{{.Name}} {{.ImportPath}}", pattern])
      .split(separator: "\n").filter { $0.hasPrefix("main ") }
      .map { String($0.dropFirst("main ".count)) }
    return commands.count > 1 ? commands : []
  }

  /// The package as the name of a folder.
  static func fileName(_ package: String) -> String {
    let name = package.map { character in
      character.isLetter || character.isNumber || character == "." || character == "_"
        || character == "-" ? character : "_"
    }
    let text = String(name.drop { $0 == "." || $0 == "_" })
    return text.isEmpty ? "package" : text
  }

  private static func cacheFolder() throws(CommandFailure) -> String {
    let base =
      SystemEnvironment.variable("XDG_CACHE_HOME")
      ?? SystemEnvironment.variable("HOME").map { "\($0)/.cache" }
    guard let base else {
      throw CommandFailure(nil, "neither XDG_CACHE_HOME nor HOME is set; give --dir DIR")
    }
    // One folder for each working directory: ./cmd/app is another package elsewhere.
    let place = SystemEnvironment.make().workingDirectory
    return "\(base)/proftui/escape/\(fileName(place))"
  }

  private static func absolute(_ path: String) throws(CommandFailure) -> String {
    path.hasPrefix("/") ? path : "\(SystemEnvironment.make().workingDirectory)/\(path)"
  }

  /// The path as a URI has it.
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte -> String in
      let scalar = Unicode.Scalar(byte)
      let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
      return isPlain || "/-_.~".unicodeScalars.contains(scalar)
        ? String(Character(scalar))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static func makeFolders(_ path: String) throws(CommandFailure) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o777) != 0, errno != EEXIST {
        throw CommandFailure(made, InputBytes.systemMessage(errno))
      }
    }
  }

  /// What a program prints; empty where it fails.
  private static func output(of arguments: [String]) throws(CommandFailure) -> String {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw CommandFailure(arguments[0], InputBytes.systemMessage(errno))
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let pid: pid_t
    do {
      defer { close(ends[1]) }
      pid = try start(arguments, output: ends[1])
    }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      text += buffer[..<count]
    }
    return try wait(for: pid, arguments[0]) == 0 ? String(decoding: text, as: UTF8.self) : ""
  }

  /// Runs a program with these arguments, never by a shell, and waits for it.
  private static func run(_ arguments: [String]) throws(CommandFailure) -> Int32 {
    try wait(for: try start(arguments), arguments[0])
  }

  /// - Parameter output: where it prints to, unless that is where this program does.
  private static func start(
    _ arguments: [String], output: Int32? = nil
  ) throws(CommandFailure) -> pid_t {
    var pid = pid_t()
    var argv = arguments.map { strdup($0) }
    argv.append(nil)
    defer { for argument in argv { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    let code = posix_spawnp(&pid, arguments[0], &actions, nil, argv, environ)
    guard code == 0 else {
      throw CommandFailure(arguments[0], InputBytes.systemMessage(code) + "; is Go installed?")
    }
    return pid
  }

  private static func wait(for pid: pid_t, _ program: String) throws(CommandFailure) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else {
        throw CommandFailure(program, InputBytes.systemMessage(errno))
      }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}
