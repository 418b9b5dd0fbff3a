import CNcurses
import TerminalUI

/// Turns what ncurses reads into keys.
///
/// A code is a character's code point, or `-KEY_x` for a key that ncurses knows.
struct KeyDecoder {
  /// The next code that is there already, or nil: what follows Escape at once belongs to it.
  let next: () -> Int32?
  /// ncurses' name for a key beyond its constants, such as `kRIT5` for Ctrl-Right.
  let name: (Int32) -> String?

  /// The key that starts with `code`, or nil when it is none of ours.
  func key(_ code: Int32) -> Key? {
    switch code {
    case 27: escaped()
    case 0...: Self.plain(UInt32(truncatingIfNeeded: code))
    default: special(-code)
    }
  }

  private static func plain(_ code: UInt32) -> Key? {
    switch code {
    case 8, 127: .backspace
    case 9: .tab
    case 10, 13: .enter
    case 27: .escape
    case 0..<32:
      Unicode.Scalar(code == 0 ? 64 : code < 27 ? code + 96 : code + 64)
        .map { .control(Character($0)) }
    default: typed(code)
    }
  }

  /// A character that can be typed and seen; marks count, for they come after their letter.
  private static func typed(_ code: UInt32) -> Key? {
    guard let scalar = Unicode.Scalar(code) else { return nil }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate: return nil
    default: return .character(Character(scalar))
    }
  }

  private func special(_ code: Int32) -> Key? {
    switch code {
    case KEY_UP, KEY_SR: .up
    case KEY_DOWN, KEY_SF: .down
    case KEY_LEFT, KEY_SLEFT: .left
    case KEY_RIGHT, KEY_SRIGHT: .right
    case KEY_HOME, KEY_A1, KEY_SHOME: .home
    case KEY_END, KEY_C1, KEY_LL, KEY_SEND: .end
    case KEY_PPAGE, KEY_A3, KEY_SPREVIOUS: .pageUp
    case KEY_NPAGE, KEY_C3, KEY_SNEXT: .pageDown
    case KEY_IC: .insert
    case KEY_DC, KEY_SDC: .delete
    case KEY_BACKSPACE: .backspace
    case KEY_BTAB: .backTab
    case KEY_ENTER: .enter
    case KEY_F0 + 1...KEY_F0 + 63: .function(Int(code - KEY_F0))
    default: modified(name(code))
    }
  }

  /// An arrow, or the like, with Shift, Alt or Ctrl, by its name in the terminal database: taken as
  /// without.
  private func modified(_ name: String?) -> Key? {
    guard let name, name.hasPrefix("k"), let last = name.last, ("2"..."8").contains(last) else {
      return nil
    }
    return switch name.dropFirst().dropLast() {
    case "UP": .up
    case "DN": .down
    case "LFT": .left
    case "RIT": .right
    case "HOM": .home
    case "END": .end
    case "PRV": .pageUp
    case "NXT": .pageDown
    case "IC": .insert
    case "DC": .delete
    default: nil
    }
  }

  // MARK: Escape

  private func escaped() -> Key? {
    guard let code = next() else { return .escape }
    switch code {
    case 27: return .escape
    case 0x5B, 0x4F: return sequence(after: code)
    case 0...:
      guard case .character(let character)? = Self.plain(UInt32(truncatingIfNeeded: code)) else {
        // Alt with a key that types nothing is taken as without.
        return Self.plain(UInt32(truncatingIfNeeded: code))
      }
      return .alt(character)
    default: return special(-code)
    }
  }

  /// A sequence that the terminal database does not know: read whole, lest its end be taken for
  /// keys.
  private func sequence(after introducer: Int32) -> Key? {
    guard var code = next() else {
      return introducer == 0x5B ? .alt("[") : .alt("O")
    }
    var parameters: [Int32] = []
    // The function keys of the Linux console: ESC [ [ A.
    if introducer == 0x5B, code == 0x5B, let letter = next() {
      return (0x41...0x45).contains(letter) ? .function(Int(letter) - 0x40) : nil
    }
    while (0x20...0x3F).contains(code), parameters.count < 32 {
      parameters.append(code)
      guard let following = next() else { return nil }
      code = following
    }
    switch code {
    case 0x41: return .up
    case 0x42: return .down
    case 0x43: return .right
    case 0x44: return .left
    case 0x46: return .end
    case 0x48: return .home
    case 0x5A: return .backTab
    case 0x4D where introducer == 0x4F: return .enter
    case 0x7E: return Self.numbered(parameters)
    default: return nil
    }
  }

  private static func numbered(_ parameters: [Int32]) -> Key? {
    let digits = parameters.prefix { (0x30...0x39).contains($0) }.prefix(3)
    return switch digits.reduce(0, { $0 * 10 + $1 - 0x30 }) {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    default: nil
    }
  }
}
