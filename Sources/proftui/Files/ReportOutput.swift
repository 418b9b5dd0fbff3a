import Glibc
import Reports

/// Where a report is written: standard output, or a file that appears when it is whole.
enum ReportOutput {
  /// Writes what `body` writes to the file at `path`, or to standard output where it is empty.
  ///
  /// Readers of standard output may leave early; that is no failure.
  ///
  /// - Parameters:
  ///   - overwrites: whether a file of that name may be there already.
  ///   - permissions: those of a new file, as far as the user's mask leaves them.
  ///   - isWanted: asked before each piece, and before the file appears; false leaves nothing.
  static func write(
    to path: String, overwrites: Bool = true, permissions: mode_t = 0o666,
    while isWanted: @escaping () -> Bool = { true },
    _ body: (inout OutputBuffer) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    if path.isEmpty { return try writeToStandardOutput(body) }
    try writeToFile(path, overwrites: overwrites, permissions, isWanted, body)
  }

  /// What is said of a file that must not be replaced.
  static let inTheWay = "is there already; --force replaces it"

  /// Whether there is a file that would be replaced. Devices and pipes are written to as they are.
  static func isInTheWay(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    if stat(path, &status) != 0 { return true }
    return status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFDIR
  }

  private static func writeToStandardOutput(
    _ body: (inout OutputBuffer) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    let outcome = WriteOutcome { true }
    var buffer = outcome.makeBuffer(descriptor: STDOUT_FILENO)
    try body(&buffer)
    _ = buffer.finish()
    if let code = outcome.code, code != EPIPE {
      throw CommandFailure("standard output", InputBytes.systemMessage(code))
    }
  }

  private static func writeToFile(
    _ path: String, overwrites: Bool, _ permissions: mode_t, _ isWanted: @escaping () -> Bool,
    _ body: (inout OutputBuffer) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    // Special files, as /dev/null or a pipe, cannot be replaced and are written straight to.
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let target = isSpecial ? path : "\(path).tmp\(getpid())"
    let flags = isSpecial ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = open(target, flags, permissions)
    guard descriptor >= 0 else { throw CommandFailure(path, InputBytes.systemMessage(errno)) }
    let outcome = WriteOutcome(while: isWanted)
    var buffer = outcome.makeBuffer(descriptor: descriptor)
    do throws(CommandFailure) {
      try body(&buffer)
    } catch {
      close(descriptor)
      if !isSpecial { unlink(target) }
      throw error
    }
    _ = buffer.finish()
    var code = outcome.code
    if close(descriptor) != 0, code == nil { code = errno }
    if !isWanted() { code = ECANCELED }
    if code == nil, !isSpecial { code = publish(target, as: path, overwrites: overwrites) }
    guard let code else { return }
    if !isSpecial { unlink(target) }
    if !overwrites, code == EEXIST { throw CommandFailure(path, inTheWay) }
    throw CommandFailure(path, InputBytes.systemMessage(code))
  }
}

extension ReportOutput {
  /// Gives the finished file its name; nil, or the error code that stopped it.
  private static func publish(_ file: String, as path: String, overwrites: Bool) -> Int32? {
    if !overwrites {
      // A link is never made over a file that is there, however lately it came.
      if link(file, path) == 0 {
        unlink(file)
        return nil
      }
      // Some file systems know no links.
      guard errno == EPERM || errno == ENOTSUP || errno == ENOSYS else { return errno }
      if isInTheWay(path) { return EEXIST }
    }
    return rename(file, path) == 0 ? nil : errno
  }
}

/// Remembers what stopped a write.
private final class WriteOutcome {
  private(set) var code: Int32?
  private let isWanted: () -> Bool

  init(while isWanted: @escaping () -> Bool) { self.isWanted = isWanted }

  func makeBuffer(descriptor: Int32) -> OutputBuffer {
    OutputBuffer { [self] bytes in
      code = isWanted() ? StandardStreams.write(bytes, to: descriptor) : ECANCELED
      return code == nil
    }
  }
}
