import CNcurses
import TerminalUI

/// Turns ncurses' mouse reports into events, and tells a second press from a first.
struct MouseDecoder {
  /// The longest time between the presses of a double one.
  static let doublePressTime = Duration.milliseconds(400)

  private var lastPress: (position: GridPoint, time: Duration)?

  /// The event for the buttons that a report names, or nil for what nobody asked about, such as a
  /// release.
  ///
  /// - Parameter time: When it came, by a clock that only goes forward.
  mutating func event(buttons: mmask_t, at position: GridPoint, time: Duration) -> MouseEvent? {
    let bits = Int(buttons)
    if bits & CN_WHEEL_UP != 0 { return MouseEvent(.wheelUp, at: position) }
    if bits & CN_WHEEL_DOWN != 0 { return MouseEvent(.wheelDown, at: position) }
    guard bits & CN_BUTTON1_PRESSED != 0 else { return nil }
    if let last = lastPress, last.position == position, time - last.time <= Self.doublePressTime {
      // A third press starts anew.
      lastPress = nil
      return MouseEvent(.doublePress, at: position)
    }
    lastPress = (position, time)
    return MouseEvent(.press, at: position)
  }
}
