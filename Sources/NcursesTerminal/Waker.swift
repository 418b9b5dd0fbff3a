import Glibc

/// Wakes the loop that waits for the terminal, from any thread.
///
/// Owns a pipe, so that a waker which outlives its terminal writes to nobody else's file.
package final class Waker: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  init() throws(NcursesTerminalError) {
    (readEnd, writeEnd) = try makePipe()
  }

  deinit {
    Glibc.close(readEnd)
    Glibc.close(writeEnd)
  }

  /// Makes the terminal's `nextInput` return `.wake`, once for all calls until then.
  package func wake() {
    var byte: UInt8 = 1
    // A pipe that is full wakes as well.
    _ = Glibc.write(writeEnd, &byte, 1)
  }

  /// Takes all calls of `wake` so far as answered.
  func drain() {
    drainPipe(readEnd) { _ in }
  }
}

/// A pipe whose ends neither block nor go on to a program that is started.
func makePipe() throws(NcursesTerminalError) -> (readEnd: Int32, writeEnd: Int32) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw .system("pipe", errno: errno) }
  for end in ends {
    _ = fcntl(end, F_SETFL, O_NONBLOCK)
    _ = fcntl(end, F_SETFD, FD_CLOEXEC)
  }
  return (ends[0], ends[1])
}

/// Reads what is in a pipe now.
func drainPipe(_ readEnd: Int32, _ body: (UInt8) -> Void) {
  var buffer = [UInt8](repeating: 0, count: 64)
  while true {
    let count = read(readEnd, &buffer, buffer.count)
    guard count > 0 else { return }
    buffer.prefix(count).forEach(body)
  }
}
