import ProfileAnalysis

/// How names are found for addresses, as the flag `-symbolize` says it in pprof's words.
///
/// Words stand with colons between them. Symbols are looked up in the binaries of this machine, and
/// never at servers.
struct Symbolization {
  /// How names are made simpler; nil to leave them.
  private(set) var naming: NameSimplification? = NameSimplification()
  /// Whether symbols that a profile has beside its addresses are used.
  private(set) var usesSymbols = true
  /// Whether addresses without names are looked up in binaries.
  private(set) var looksUpSymbols = true
  /// Words that mean nothing.
  private(set) var unknownWords: [String] = []

  init(_ text: String) {
    for word in text.lowercased().split(separator: ":").map(String.init) {
      switch word {
      case "none", "no":
        naming = nil
        usesSymbols = false
        looksUpSymbols = false
        return
      case "local", "fastlocal": looksUpSymbols = true
      case "remote": looksUpSymbols = false
      case "demangle=default", "default": break
      case "force": naming?.isForced = true
      case "demangle=none", "demangle=full", "demangle=templates", "full", "templates":
        naming?.isForced = true
        naming?.dropsArguments = word.hasSuffix("templates")
        naming?.dropsTemplateArguments = false
        naming?.keepsMangledNames = word.hasSuffix("none")
      default: unknownWords.append(word)
      }
    }
  }
}
