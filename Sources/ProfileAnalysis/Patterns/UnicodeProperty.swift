/// Unicode's categories and scripts under the names that Go's `unicode` package has for them.
///
/// Case, blanks, hyphens and underscores in a name do not matter.
enum UnicodeProperty {
  enum Meaning {
    case anyCharacter
    case ascii
    case property(CharacterClass.Property)
  }

  /// What `\p{name}` stands for; nil for a name that there is not.
  static func meaning(of name: String, isNegated: Bool) -> Meaning? {
    let name = String(
      String.UnicodeScalarView(
        name.lowercased().unicodeScalars.filter { !"_- ".unicodeScalars.contains($0) }))
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return nil }
    switch name {
    case "any": return .anyCharacter
    case "ascii": return .ascii
    case "assigned": return .property(.init(name: "Cn", isNegated: !isNegated))
    case "lc", "casedletter": return .property(.init(name: "L&", isNegated: isNegated))
    default: break
    }
    if let category = categories[name] ?? categoryAliases[name] {
      return .property(.init(name: category, isNegated: isNegated))
    }
    // PCRE2 also has four-letter codes for scripts, Go has not, but some full names are that short.
    guard name.utf8.count != 4 || shortScripts.contains(name) else { return nil }
    let script = "sc:\(name)"
    guard (try? CompiledPattern("\\p{\(script)}", foldsCase: false)) != nil else { return nil }
    return .property(.init(name: script, isNegated: isNegated))
  }

  private static let shortScripts: Set = [
    "ahom", "cham", "kawi", "lisu", "miao", "modi", "newa", "thai", "toto",
  ]

  private static let categories: [String: String] = {
    let names = [
      "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn",
      "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm",
      "So", "Z", "Zl", "Zp", "Zs",
    ]
    return Dictionary(uniqueKeysWithValues: names.map { ($0.lowercased(), $0) })
  }()

  private static let categoryAliases: [String: String] = [
    "other": "C", "control": "Cc", "cntrl": "Cc", "format": "Cf", "unassigned": "Cn",
    "privateuse": "Co", "surrogate": "Cs", "letter": "L", "lowercaseletter": "Ll",
    "modifierletter": "Lm", "otherletter": "Lo", "titlecaseletter": "Lt", "uppercaseletter": "Lu",
    "mark": "M", "combiningmark": "M", "spacingmark": "Mc", "enclosingmark": "Me",
    "nonspacingmark": "Mn", "number": "N", "decimalnumber": "Nd", "digit": "Nd",
    "letternumber": "Nl", "othernumber": "No", "punctuation": "P", "punct": "P",
    "connectorpunctuation": "Pc", "dashpunctuation": "Pd", "closepunctuation": "Pe",
    "finalpunctuation": "Pf", "initialpunctuation": "Pi", "otherpunctuation": "Po",
    "openpunctuation": "Ps", "symbol": "S", "currencysymbol": "Sc", "modifiersymbol": "Sk",
    "mathsymbol": "Sm", "othersymbol": "So", "separator": "Z", "lineseparator": "Zl",
    "paragraphseparator": "Zp", "spaceseparator": "Zs",
  ]
}
