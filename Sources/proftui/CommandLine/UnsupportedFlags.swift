/// Flags of pprof that are known here but lead elsewhere, or nowhere.
enum UnsupportedFlags {
  static let all: [CommandFlag] = reports + others

  /// Reports that need another program or a browser.
  static let reports: [CommandFlag] =
    ["gif", "pdf", "png", "ps", "svg"].map {
      refused($0, "write -dot to a file and run dot -T\($0) on it")
    }
    + ["eog", "evince", "gv", "web"].map { refused($0, "use -dot with a viewer of your own") }
    + [
      refused("kcachegrind", "write -callgrind to a file and open that"),
      refused("disasm", "use -list=REGEX, or -addresses", takesValue: true),
      refused("weblist", "use -list=REGEX", takesValue: true),
    ]

  /// Flags for the browser and for other programs.
  static let others: [CommandFlag] = [
    refused(
      "http", "there is no web interface; leave the flag out for the inspector",
      takesValue: true),
    refused("no_browser", "it only makes sense with -http"),
    accepted("tools", "Where pprof finds binary tools; none are used here"),
  ]

  private static func refused(
    _ name: String, _ instead: String, takesValue: Bool = false
  ) -> CommandFlag {
    CommandFlag(
      name: name, placeholder: takesValue ? "VALUE" : nil, summary: "Not supported: \(instead)"
    ) { (_, value) throws(UsageError) in
      if !takesValue, try !CommandFlag.bool(value, of: name) { return }
      if takesValue, value.isEmpty { return }
      throw .notSupported(flag: name, instead: instead)
    }
  }

  /// A flag that changes nothing for profiles that are files.
  private static func accepted(_ name: String, _ summary: String) -> CommandFlag {
    CommandFlag(name: name, placeholder: "VALUE", summary: summary) { _, _ in }
  }
}
