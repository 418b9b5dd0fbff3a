import Glibc
import Reports

/// Where a report is written: standard output, or a file that appears when it is whole.
enum ReportOutput {
  /// Writes what `body` writes to the file at `path`, or to standard output where it is empty.
  ///
  /// Readers of standard output may leave early; that is no failure.
  static func write(
    to path: String, _ body: (inout OutputBuffer) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    if path.isEmpty { return try writeToStandardOutput(body) }
    try writeToFile(path, body)
  }

  private static func writeToStandardOutput(
    _ body: (inout OutputBuffer) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    let outcome = WriteOutcome()
    var buffer = outcome.makeBuffer(descriptor: STDOUT_FILENO)
    try body(&buffer)
    _ = buffer.finish()
    if let code = outcome.code, code != EPIPE {
      throw CommandFailure("standard output", InputBytes.systemMessage(code))
    }
  }

  private static func writeToFile(
    _ path: String, _ body: (inout OutputBuffer) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    // Special files, as /dev/null or a pipe, cannot be replaced and are written straight to.
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let target = isSpecial ? path : "\(path).tmp\(getpid())"
    let flags = isSpecial ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = open(target, flags, 0o666)
    guard descriptor >= 0 else { throw CommandFailure(path, InputBytes.systemMessage(errno)) }
    let outcome = WriteOutcome()
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
    if code == nil, !isSpecial, rename(target, path) != 0 { code = errno }
    guard let code else { return }
    if !isSpecial { unlink(target) }
    throw CommandFailure(path, InputBytes.systemMessage(code))
  }
}

/// Remembers what stopped a write.
private final class WriteOutcome {
  private(set) var code: Int32?

  func makeBuffer(descriptor: Int32) -> OutputBuffer {
    OutputBuffer { [self] bytes in
      code = StandardStreams.write(bytes, to: descriptor)
      return code == nil
    }
  }
}
