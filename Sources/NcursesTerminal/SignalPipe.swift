import CNcurses
import Glibc
import TerminalUI

/// Signals of the process, caught for as long as this is open and read like input.
struct SignalPipe {
  let readEnd: Int32
  private let writeEnd: Int32

  init() throws(NcursesTerminalError) {
    (readEnd, writeEnd) = try makePipe()
    cn_catch_signals(writeEnd)
  }

  /// The signals since the last call, oldest first.
  func drain() -> [Int32] {
    var signals: [Int32] = []
    drainPipe(readEnd) { signals.append(Int32($0)) }
    return signals
  }

  func close() {
    cn_release_signals()
    Glibc.close(readEnd)
    Glibc.close(writeEnd)
  }
}
