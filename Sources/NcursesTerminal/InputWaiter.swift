import CNcurses
import Glibc
import TerminalUI

/// Waits until the terminal, a signal or another thread has something to tell.
struct InputWaiter {
  struct Ready: OptionSet {
    let rawValue: Int
    static let terminal = Ready(rawValue: 1)
    static let signal = Ready(rawValue: 2)
    static let wake = Ready(rawValue: 4)
    /// The terminal is gone, and has nothing left to read.
    static let gone = Ready(rawValue: 8)
  }

  let terminal: Int32
  let signals: Int32
  let waker: Waker

  /// What is ready, which is nothing when `timeout` has passed (nil: for ever) or a signal
  /// interrupted the wait.
  func wait(timeout: Duration?) -> Ready {
    var files = [terminal, signals, waker.readEnd].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    guard poll(&files, nfds_t(files.count), Self.milliseconds(timeout)) > 0 else { return [] }
    var ready: Ready = []
    if files[1].revents != 0 { ready.insert(.signal) }
    if files[2].revents != 0 { ready.insert(.wake) }
    let events = Int32(files[0].revents)
    if events != 0 {
      // At the end of its input a terminal is readable, with nothing to read. A hangup may leave
      // something.
      let hasBytes = events & POLLIN != 0 && cn_readable_bytes(terminal) > 0
      ready.insert(hasBytes ? .terminal : .gone)
    }
    return ready
  }

  /// The time now, by a clock that only goes forward.
  static func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Rounded up, so that a wait does not end just before its time; -1 is for ever.
  private static func milliseconds(_ duration: Duration?) -> Int32 {
    guard let duration else { return -1 }
    guard duration > .zero else { return 0 }
    let (seconds, attoseconds) = duration.components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(truncatingIfNeeded: seconds * 1000 + part)
  }
}
