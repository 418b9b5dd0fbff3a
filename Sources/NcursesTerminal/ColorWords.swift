import TerminalUI

/// How colours are written in the configuration: a colour for the text, one for what is behind it, and
/// attributes, in words.
///
///     208              a number of xterm's 256
///     bold #ffaf5f     attributes, and red, green and blue
///     black yellow     the second colour is behind the text
package enum ColorWords {
  /// Why the words mean nothing; nil where they do.
  package static func problem(_ text: String) -> String? {
    do throws(Problem) {
      _ = try paint(text)
      return nil
    } catch {
      return error.description
    }
  }

  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// The look that the words describe.
  static func paint(_ text: String) throws(Problem) -> Paint {
    var paint = Paint()
    var colors: [TerminalColor?] = []
    for word in text.lowercased().split(separator: " ") where word != "on" {
      if let attribute = attributes[String(word)] {
        paint.attributes.formUnion(attribute)
      } else {
        colors.append(try color(String(word)))
      }
    }
    guard colors.count <= 2 else {
      throw Problem(description: "two colours are enough: one for the text, one behind it")
    }
    paint.foreground = colors.first ?? nil
    paint.background = colors.dropFirst().first ?? nil
    return paint
  }

  private static let attributes: [String: Attributes] = [
    "bold": .bold, "dim": .dim, "underline": .underline, "underlined": .underline,
    "reverse": .reverse, "reversed": .reverse, "plain": [], "normal": [],
  ]

  private static let names: [String: Int32] = [
    "black": 0, "red": 1, "green": 2, "yellow": 3, "blue": 4, "magenta": 5, "cyan": 6, "white": 7,
    "gray": 8, "grey": 8, "bright-black": 8, "bright-red": 9, "bright-green": 10,
    "bright-yellow": 11, "bright-blue": 12, "bright-magenta": 13, "bright-cyan": 14,
    "bright-white": 15, "orange": 208,
  ]

  /// The colour of that name, number or red, green and blue; nil for the terminal's own.
  private static func color(_ word: String) throws(Problem) -> TerminalColor? {
    if word == "default" { return nil }
    if let number = names[word] { return TerminalColor(number: number) }
    if let number = Int32(word), (0..<256).contains(number), word.first?.isNumber == true {
      return TerminalColor(number: number)
    }
    let digits = word.dropFirst()
    if word.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let rgb = Int32(digits, radix: 16)
    {
      return TerminalColor(rgb: rgb)
    }
    throw Problem(
      description: "\(word) is no colour: a name as red, a number from 0 to 255, or #rrggbb")
  }
}
