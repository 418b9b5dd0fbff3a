import Foundation

/// The built program, run as a user runs it but with nothing of this machine's in its environment.
enum Program {
  struct Outcome: Sendable {
    var output: Data
    var errors: String
    var status: Int32
    var text: String { String(decoding: output, as: UTF8.self) }
    /// The lines on standard error.
    var errorLines: [Substring] { errors.split(separator: "\n") }
  }

  /// The top of the package.
  static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The program that `PROFTUI` names, as a path from the top of the package; else the one beside the
  /// bundle that runs the tests.
  static let executable =
    if let path = ProcessInfo.processInfo.environment["PROFTUI"] {
      top.appendingPathComponent(path)
    } else {
      URL(
        fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
      ).deletingLastPathComponent().appendingPathComponent("proftui")
    }

  /// - Parameters:
  ///   - folder: where the program runs; the top of the package where nil.
  ///   - input: what standard input gives.
  ///   - output: what to write to instead of what the outcome holds.
  static func run(
    _ arguments: [String], in folder: URL? = nil, input: Data = Data(), output: FileHandle? = nil
  ) throws -> Outcome {
    // Files, not pipes: nobody has to read while the program writes.
    let scratch = try Scratch()
    let files = try ["in", "out", "err"].map { try scratch.file($0, $0 == "in" ? input : Data()) }
    let child = try ChildProcess(
      executable.path, arguments,
      environment: [
        "HOME=/nonexistent", "TZ=UTC", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=dumb",
      ], in: (folder ?? top).path,
      streams: [
        .file(files[0], O_RDONLY),
        output.map { .descriptor($0.fileDescriptor) } ?? .file(files[1], O_WRONLY),
        .file(files[2], O_WRONLY),
      ])
    let status = child.wait()
    let results = try ["out", "err"].map {
      try Data(contentsOf: scratch.folder.appendingPathComponent($0))
    }
    return Outcome(
      output: results[0], errors: String(decoding: results[1], as: UTF8.self), status: status)
  }
}

/// A folder of its own for one test; goes with it.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("proftui-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file, and gives its path.
  func file(_ name: String, _ bytes: Data) throws -> String {
    let url = folder.appendingPathComponent(name)
    try bytes.write(to: url)
    return url.path
  }
}

/// Words as a shell reads them: blanks part them, quotes of either kind keep them together.
func shellWords(_ text: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  var isEscaped = false
  for character in text {
    if isEscaped {
      word = (word ?? "") + String(character)
      isEscaped = false
    } else if let open = quote {
      if character == open { quote = nil } else { word = (word ?? "") + String(character) }
    } else if character == "'" || character == "\"" {
      quote = character
      word = word ?? ""
    } else if character == "\\" {
      isEscaped = true
    } else if character == " " {
      if let word { words.append(word) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  if let word { words.append(word) }
  return words
}
