import ProfileAnalysis
import Reports
import TerminalUI

/// Writing what is on the screen to a file.
extension Inspector {
  /// Offers the forms that the open view can be written in.
  mutating func openWriteMenu() {
    guard session != nil else { return }
    let forms = WriteForm.all
    let width = forms.reduce(0) { max($0, $1.name.count) }
    let items = forms.enumerated().map { index, form in
      // Digits first, then first letters: letters that move in the menu keep doing so.
      ChoiceMenu.Item(
        key: index < 9 ? Character("\(index + 1)") : form.name.first,
        label: "\(TextFitting.padded(form.name, to: width))  \(form.summary)",
        action: .write(form.name))
    }
    overlays.append(.choice(ChoiceMenu(title: "write as", items: items)))
  }

  /// Asks for the file's name, and proposes one.
  mutating func askForFile(_ form: String) {
    guard let session, let form = WriteForm.named(form) else { return }
    openPrompt(.write(form.name), text: proposedName(form, session))
  }

  /// `write FORM FILE`, or `write FILE` where its ending tells the form.
  mutating func write(words: String) -> [Effect] {
    let parts = ConfigurationLine.Words(words)
    guard let first = parts.first else {
      openWriteMenu()
      return []
    }
    if !parts.rest.isEmpty, WriteForm.named(first) != nil {
      return write(first, to: parts.rest)
    }
    if parts.rest.isEmpty, WriteForm.named(first) != nil {
      askForFile(first)
      return []
    }
    guard let form = WriteForm.ofFile(words) else {
      let names = WriteForm.all.map(\.name).joined(separator: ", ")
      say("no form known by the ending of \(words); write FORM FILE: \(names)", .error)
      return []
    }
    return write(form.name, to: words)
  }

  mutating func write(_ name: String, to path: String) -> [Effect] {
    guard let session, let form = WriteForm.named(name) else { return [] }
    guard !path.isEmpty else {
      say("nothing written: no name given", .refusal)
      return []
    }
    switch form.source {
    case .profile(let export):
      return [.write(request(export, session, path))]
    case .view(let writer) where writer.name == "text":
      let text = viewText(session)
      return [.write(WriteRequest(path: path) { _, output in output.write(text) })]
    case .view(let writer):
      let table = panes[open].values(in: context(session, layout))
      return [.write(WriteRequest(path: path) { _, output in writer.write(table, to: &output) })]
    }
  }

  /// Asks whether a file that is there is to be replaced.
  mutating func ask(about request: WriteRequest) {
    let items: [ChoiceMenu.Item] = [
      .init(key: "n", label: "no: leave it as it is", action: .leave),
      .init(key: "y", label: "yes: replace it", action: .replace(request)),
    ]
    let name = TextFitting.shortenedMiddle(request.path, to: 40, ellipsis: glyphs.ellipsis)
    overlays.append(.choice(ChoiceMenu(title: "\(name) is there already", items: items)))
  }

  /// Gives up what is being written; false where nothing is.
  mutating func stopWriting() -> Bool {
    guard let last = writing.last else { return false }
    say(
      writing.count == 1
        ? "gave up writing \(last.path)" : "gave up writing \(writing.count) files")
    writing = []
    return true
  }

  // MARK: What is written

  private func request(
    _ export: any Export, _ session: ProfileSession, _ path: String
  ) -> WriteRequest {
    var options = ReportOptions()
    options.sampleIndex = String(session.sampleType)
    // Reports know no packages.
    options.granularity =
      session.granularity == .packages ? .functions : session.granularity
    options.mean = session.showsMeans
    options.sort = session.order.key == .cumulative ? .cum : .flat
    options.trimPath = settings.trimPath
    options.sourcePath = settings.sourcePath
    let (profile, settled) = (session.shownProfile, options)
    return WriteRequest(path: path) { (environment, output) throws(Failure) in
      do throws(ReportError) {
        let subject = try ReportSubject.prepare(
          profile, for: export, options: settled, environment: environment)
        try export.write(subject, to: &output)
      } catch {
        throw Failure(export.name, "\(error)")
      }
    }
  }

  /// The most rows that are written of a view as text.
  private static let maximumRows = 100_000

  /// The open view as text, all its rows, under a line that tells what it is of.
  private func viewText(_ session: ProfileSession) -> String {
    let pane = panes[open]
    var context = context(session, layout)
    let isGraphic = Panes.all[open] == FlamePane.self
    if !isGraphic {
      let rows = min(max(pane.rowCount(in: context) + 1, context.size.rows), Self.maximumRows)
      context = PaneContext(
        session: session, size: GridSize(columns: max(size.columns, 160), rows: rows),
        showsHeads: true, isFocused: false, glyphs: glyphs, settings: settings)
    }
    let grid = pane.render(in: context)
    let crumbs = session.refinements.steps.map(\.crumb)
    var lines = [
      ([session.name, Panes.all[open].name, "\(session.measureText) \(session.totalText)"] + crumbs)
        .joined(separator: "  ")
    ]
    for row in 0..<grid.size.rows {
      var line = grid.text(row: row)
      if !isGraphic, line.hasPrefix(glyphs.cursor) {
        line =
          String(repeating: " ", count: glyphs.cursor.count) + line.dropFirst(glyphs.cursor.count)
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private func proposedName(_ form: WriteForm, _ session: ProfileSession) -> String {
    var base = SafeText(session.name).string
    for ending in [".gz", ".zst", ".pb", ".pprof", ".prof"] where base.hasSuffix(ending) {
      base.removeLast(ending.count)
    }
    base = String(
      base.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." ? $0 : "-" }
        .drop { $0 == "." || $0 == "-" }.prefix(80))
    if base.isEmpty { base = "profile" }
    if case .view = form.source { base += ".\(Panes.all[open].name.lowercased())" }
    return "\(base).\(form.fileExtension)"
  }
}

extension Command {
  package static let write = Command(
    "write", "the view or the profile to a file; at the prompt write FORM FILE")
}
