extension String {
  /// The text with control characters replaced, so that a row stays a row, and no terminal obeys it.
  var withoutControls: String {
    var result = ""
    for scalar in unicodeScalars {
      let value = scalar.value
      let isControl =
        value < 0x20 || (0x7f...0x9f).contains(value) || (0x202a...0x202e).contains(value)
        || (0x2066...0x2069).contains(value) || value == 0x2028 || value == 0x2029
      result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return result
  }
}
