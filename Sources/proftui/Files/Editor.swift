import Glibc
import Inspector

/// The user's editor, started with a list of arguments and never through a shell.
struct Editor {
  /// The program and its own arguments.
  let command: [String]

  /// What `$VISUAL` or else `$EDITOR` says, at blanks; `vi` where neither says anything.
  init(variable: (String) -> String? = SystemEnvironment.variable) {
    let words = ["VISUAL", "EDITOR"].compactMap { variable($0)?.split(separator: " ") }
    command = words.first { !$0.isEmpty }?.map(String.init) ?? ["vi"]
  }

  /// What is run to edit the file at a line; 0 is no line.
  func arguments(file: String, line: Int) -> [String] {
    command + (line > 0 ? ["+\(line)"] : []) + [file.hasPrefix("/") ? file : "./\(file)"]
  }

  /// Runs the editor and waits until it is left.
  func edit(file: String, line: Int) throws(Failure) {
    let arguments = arguments(file: file, line: line)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, arguments[0], nil, nil, words, environ)
    guard code == 0 else {
      throw Failure(
        arguments[0], "cannot be started: \(String(cString: strerror(code))); set EDITOR")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else {
        throw Failure(arguments[0], "lost: \(String(cString: strerror(errno)))")
      }
    }
    // The lowest seven bits are the signal that ended it; 0 where it left by itself.
    let (signal, exitCode) = (status & 0x7F, status >> 8 & 0xFF)
    if signal != 0 { throw Failure(arguments[0], "ended by signal \(signal)") }
    // A shell's word for a program that is not there.
    if exitCode == 127 { throw Failure(arguments[0], "cannot be started; set EDITOR") }
  }
}
