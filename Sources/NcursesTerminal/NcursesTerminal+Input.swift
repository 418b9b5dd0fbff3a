import CNcurses
import Glibc
import TerminalUI

extension NcursesTerminal {
  package func nextInput(timeout: Duration?) -> TerminalInput? {
    let deadline = timeout.map { InputWaiter.now() + $0 }
    while true {
      if let input = pending.popFirst() { return input }
      if isGone { return .closed }
      let left = deadline.map { $0 - InputWaiter.now() }
      let ready = waiter.wait(timeout: mayHaveKeys ? .zero : left)
      if ready.contains(.signal) { take(signals.drain()) }
      if ready.contains(.wake) {
        waker.drain()
        pending.append(.wake)
      }
      if mayHaveKeys || ready.contains(.terminal) {
        readKey(hasBytes: ready.contains(.terminal))
      } else if ready.contains(.gone) {
        isGone = true
      } else if ready.isEmpty, let left, left <= .zero {
        return pending.popFirst()
      }
    }
  }

  /// Turns signals into input.
  func take(_ signals: [Int32]) {
    for signal in signals {
      switch signal {
      case SIGWINCH: updateSize()
      case SIGTSTP: pending.append(.suspend)
      case SIGCONT:
        // Stopped by what cannot be caught, the terminal was taken from us as it stood.
        screen.leave()
        screen.reenter()
        updateSize()
        pending.append(.resumed)
      default:
        if let request = TerminationRequest(rawValue: signal) {
          pending.append(.terminate(request))
        }
      }
    }
  }

  /// Takes over the size that the system has for the terminal, and tells when it is another.
  func updateSize() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard cn_window_size(files.output, &columns, &rows) == 0 else { return }
    let newSize = GridSize(columns: Int(columns), rows: Int(rows))
    // ncurses takes the new size by itself when it is entered again, and tells nobody.
    if newSize != screen.size { screen.resize(to: newSize) }
    guard newSize != size else { return }
    size = newSize
    // Only the last of a storm of sizes matters.
    pending.removeAll { if case .resize = $0 { true } else { false } }
    pending.append(.resize(newSize))
  }

  private func readKey(hasBytes: Bool) {
    guard let code = screen.nextCode() else {
      mayHaveKeys = false
      // Bytes that cannot be read: the terminal is another's, or gone in a way that poll does not
      // tell.
      failedReads = hasBytes ? failedReads + 1 : 0
      if failedReads > 100 { isGone = true }
      return
    }
    mayHaveKeys = true
    failedReads = 0
    switch -code {
    case KEY_MOUSE:
      guard let report = screen.nextMouseReport() else { return }
      let event = mouse.event(
        buttons: report.buttons, at: report.position, time: InputWaiter.now())
      if let event { pending.append(.mouse(event)) }
    case KEY_RESIZE: updateSize()
    default:
      let decoder = KeyDecoder(
        next: { [screen] in screen.nextCode() },
        name: { keyname($0).map { String(cString: $0) } })
      if let key = decoder.key(code) { pending.append(.key(key)) }
    }
  }
}
