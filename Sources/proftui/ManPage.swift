import Inspector
import ProfileFormats
import Reports

/// The man page: prose that is written by hand, and parts that are read off the registries.
///
/// A part stands between `.\" BEGIN NAME` and `.\" END NAME`. To add one, write it in `parts` and put
/// the two lines into the page.
enum ManPage {
  /// The page with every part as the registries have it now.
  static func filled(_ page: String) -> String {
    var result: [Substring] = []
    var isInPart = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(endMark) { isInPart = false }
      if !isInPart { result.append(line) }
      if line.hasPrefix(beginMark), let part = parts[String(line.dropFirst(beginMark.count))] {
        result += part().map { $0[...] }
        isInPart = true
      }
    }
    return result.joined(separator: "\n")
  }

  private static let beginMark = #".\" BEGIN "#
  private static let endMark = #".\" END "#

  private static let parts: [String: @Sendable () -> [String]] = [
    "OPTIONS": { options }, "REPORTS": { reports }, "FORMATS": { formats }, "WRITERS": { writers },
    "KEYS": { keys }, "SETTINGS": { settings },
    "EXPORTS": { exports }, "EXPORTOPTIONS": { exportOptions },
  ]

  private static var options: [String] {
    // The first group is the reports, which have a part of their own.
    (CommandFlags.groups.dropFirst() + Subcommands.flagGroups).flatMap { group -> [String] in
      let items = group.flags.map { flag in (heading(of: flag), flag.summary) }
      return items.isEmpty ? [] : [".Ss \(escaped(group.title))"] + list(items)
    }
  }

  private static var reports: [String] {
    list(
      Reports.all.map { report in
        let names = [report.name] + report.aliases
        let headings = names.map { report.takesPattern ? "Cm \($0) Ns = Ns Ar regex" : "Cm \($0)" }
        return (headings.joined(separator: " , "), report.summary)
      })
  }

  private static var settings: [String] {
    list(
      Setting.all.map { setting in
        ("Cm \(setting.name)", "\(setting.summary): \(setting.values.text)")
      })
  }

  private static var exports: [String] {
    list(Exports.all.map { ("Cm \($0.name)", $0.summary) })
  }

  private static var exportOptions: [String] {
    list(ExportFlags.own.map { (heading(of: $0), $0.summary) })
  }

  private static var formats: [String] {
    [".Bl -bullet -compact"] + ProfileFormats.all.flatMap { [".It", escaped($0.name)] } + [".El"]
  }

  private static var writers: [String] {
    list(ReportWriters.all.map { ("Cm \($0.name)", $0.summary) })
  }

  private static var keys: [String] {
    let views = Panes.all.filter { !$0.bindings.isEmpty }
      .map { KeyGroup("in \($0.name)", $0.bindings) }
    return (GlobalKeys.groups + views).flatMap { group in
      [".Ss \(escaped(group.title))"]
        + list(
          group.bindings.map { row in
            // Punctuation is only text after a sign that nothing comes before it.
            let names = row.keys.map { key in
              let name = escaped(key.name)
              return "Cm \(key.name.contains(where: \.isLetter) ? "" : "\\&")\(name)"
            }
            return (names.joined(separator: " , "), row.command.summary)
          })
    }
  }

  private static func heading(of flag: CommandFlag) -> String {
    guard let placeholder = flag.placeholder else { return "Fl \(flag.name)" }
    return "Fl \(flag.name) Ns = Ns Ar \(escaped(placeholder.lowercased()))"
  }

  /// A list of terms and what they mean.
  private static func list(_ items: [(heading: String, text: String)]) -> [String] {
    [".Bl -tag -width Ds -compact"]
      + items.flatMap { [".It \($0.heading)"] + sentence($0.text) } + [".El"]
  }

  /// The text with a full stop, in lines that are short enough.
  private static func sentence(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count > 76 {
        lines.append(escaped(line))
        line = ""
      }
      line += line.isEmpty ? word : " " + word
    }
    return lines + [escaped(line) + "."]
  }

  /// The text, none of which means anything to the formatter.
  private static func escaped(_ text: String) -> String {
    let quoted = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return quoted.hasPrefix(".") || quoted.hasPrefix("'") ? "\\&" + quoted : quoted
  }
}
