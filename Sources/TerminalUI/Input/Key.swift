/// A key as it was pressed, whatever bytes the terminal sent for it.
package enum Key: Hashable, Sendable {
  /// A key that types this character, a blank among them.
  case character(Character)
  /// Ctrl and a letter (in lower case) or one of `@ \ ] ^ _`. Ctrl-I, -J, -M, -H and -[ arrive as
  /// `tab`, `enter`, `enter`, `backspace` and `escape`: terminals send the same for them.
  case control(Character)
  /// Alt, or Meta, and a character.
  case alt(Character)
  /// A function key, from 1 up.
  case function(Int)
  case up, down, left, right
  case home, end, pageUp, pageDown
  case insert, delete, backspace
  case tab, backTab, enter, escape
}
