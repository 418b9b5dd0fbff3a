/// What has a letter or two of its own in mangled names.
enum MangledOperators {
  static let signs = [
    "nw": "new", "na": "new[]", "dl": "delete", "da": "delete[]", "ps": "+", "ng": "-",
    "ad": "&", "de": "*", "co": "~", "pl": "+", "mi": "-", "ml": "*", "dv": "/", "rm": "%",
    "an": "&", "or": "|", "eo": "^", "aS": "=", "pL": "+=", "mI": "-=", "mL": "*=", "dV": "/=",
    "rM": "%=", "aN": "&=", "oR": "|=", "eO": "^=", "ls": "<<", "rs": ">>", "lS": "<<=",
    "rS": ">>=", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "ss": "<=>", "nt": "!", "aa": "&&", "oo": "||", "pp": "++", "mm": "--", "cm": ",",
    "pm": "->*", "pt": "->", "cl": "()", "ix": "[]", "qu": "?", "aw": "co_await", "ds": ".*",
  ]

  static let types: [UInt8: String] = Dictionary(
    uniqueKeysWithValues: [
      ("a", "signed char"), ("b", "bool"), ("c", "char"), ("d", "double"), ("e", "long double"),
      ("f", "float"), ("g", "__float128"), ("h", "unsigned char"), ("i", "int"),
      ("j", "unsigned int"), ("l", "long"), ("m", "unsigned long"), ("n", "__int128"),
      ("o", "unsigned __int128"), ("s", "short"), ("t", "unsigned short"), ("v", "void"),
      ("w", "wchar_t"), ("x", "long long"), ("y", "unsigned long long"), ("z", "..."),
    ].map { (letter: String, name: String) in (letter.utf8.first ?? 0, name) })

  /// After a `D`.
  static let longTypes: [UInt8: String] = Dictionary(
    uniqueKeysWithValues: [
      ("a", "auto"), ("c", "decltype(auto)"), ("d", "decimal64"), ("e", "decimal128"),
      ("f", "decimal32"), ("h", "half"), ("i", "char32_t"), ("n", "decltype(nullptr)"),
      ("s", "char16_t"), ("u", "char8_t"),
    ].map { (letter: String, name: String) in (letter.utf8.first ?? 0, name) })

  /// Members of `std`, and what those that are aliases stand for.
  static let standardNames: [UInt8: (name: String, template: String?, arguments: String)] = {
    let traits = "std::char_traits<char>"
    let stream = "<char, \(traits) >"
    return [
      UInt8(ascii: "a"): ("allocator", nil, ""), UInt8(ascii: "b"): ("basic_string", nil, ""),
      UInt8(ascii: "s"): (
        "string", "basic_string", "<char, \(traits), std::allocator<char> >"
      ),
      UInt8(ascii: "i"): ("istream", "basic_istream", stream),
      UInt8(ascii: "o"): ("ostream", "basic_ostream", stream),
      UInt8(ascii: "d"): ("iostream", "basic_iostream", stream),
    ]
  }()
}
