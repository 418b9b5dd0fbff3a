import ProfileAnalysis
import TerminalUI

/// What can be set while the program runs.
extension Inspector {
  /// The settings as they are now, with those that the open profile has.
  package var currentSettings: Settings {
    var settings = settings
    if let session {
      settings.sampleIndex = session.valueType.type
      settings.granularity = session.granularity
      settings.sort = session.order.key
      settings.mean = session.showsMeans
      settings.relativePercentages = session.hasRelativeShares
    }
    settings.detail = detailPane == .automatic ? .auto : detailPane == .shown ? .on : .off
    return settings
  }

  /// Takes over settings, and does what those that changed ask for.
  mutating func take(_ new: Settings) -> [Effect] {
    let old = currentSettings
    if let problem = problem(with: new) {
      say(problem, .error)
      return []
    }
    settings = new
    glyphs = GlyphSet.all.first { $0.name == new.glyphs } ?? startGlyphs
    takeMeasure(new, old)
    if new.detail != old.detail {
      detailPane = new.detail == .auto ? .automatic : new.detail == .on ? .shown : .hidden
    }
    if new.project != old.project, session?.refinements.last(.project) != nil {
      refine(Refinement(.project, new.project))
    }
    if new.sourcePath != old.sourcePath || new.trimPath != old.trimPath { session?.sources = [:] }
    if message == nil { tellChange(new, old) }
    let concernsOthers =
      new.theme != old.theme || new.mouse != old.mouse || new.colors != old.colors
      || new.sourcePath != old.sourcePath || new.trimPath != old.trimPath
      || new.baseSourcePath != old.baseSourcePath
    // The lines of two builds are matched while they are read.
    let matchesAnew = new.baseSourcePath != old.baseSourcePath && session?.comparison != nil
    return (concernsOthers ? [.configure(new)] : []) + (matchesAnew ? execute(.reload) : [])
  }

  /// What is measured and in what order: what the session has.
  private mutating func takeMeasure(_ new: Settings, _ old: Settings) {
    if new.sampleIndex != old.sampleIndex, let session,
      let index = try? SampleTypeSelection.index(
        named: new.sampleIndex, in: session.profile.header)
    {
      showSampleType(index)
    }
    if new.granularity != old.granularity { show(new.granularity) }
    if new.sort != old.sort { sort(by: new.sort) }
    if new.mean != old.mean { toggleMean() }
    if new.relativePercentages != old.relativePercentages { toggleShares() }
  }

  /// Why a value cannot be taken; nil where all can.
  private func problem(with new: Settings) -> String? {
    if new.sampleIndex != currentSettings.sampleIndex, let session {
      do {
        _ = try SampleTypeSelection.index(named: new.sampleIndex, in: session.profile.header)
      } catch {
        return "\(error)"
      }
    }
    do throws(FilterError) {
      _ = try ProjectCode(new.project)
    } catch {
      return "\(error)"
    }
    return nil
  }

  private mutating func tellChange(_ new: Settings, _ old: Settings) {
    for setting in Setting.all where setting.value(in: new) != setting.value(in: old) {
      say("\(setting.name)=\(setting.value(in: new))")
    }
    if new.bindings != old.bindings, let last = new.bindings.last { say(last.text) }
    for role in Role.allCases where new.colors[role] != old.colors[role] {
      say("color \(role.name) \(new.colors[role] ?? "")")
    }
  }

  // MARK: The menu of options

  mutating func openOptions() {
    overlays.append(.choice(optionsMenu(at: 0)))
  }

  func optionsMenu(at row: Int) -> ChoiceMenu {
    let settings = currentSettings
    let all = Setting.all.filter { !$0.isForStart }
    let width = all.reduce(0) { max($0, $1.name.count) }
    var items = all.map { setting in
      let name = TextFitting.padded(setting.name, to: width)
      let value = TextFitting.padded(
        TextFitting.shortenedEnd(
          setting.value(in: settings), to: 13, ellipsis: glyphs.ellipsis), to: 13)
      return ChoiceMenu.Item(
        label: "\(name)  \(value)  \(setting.summary)", action: .option(setting.name))
    }
    items += savedSets.map { set in
      ChoiceMenu.Item(
        label: "load \(TextFitting.padded(set.name, to: max(width - 5, 0)))  "
          + set.steps.map(\.crumb).joined(separator: " "),
        action: .load(set.name))
    }
    var menu = ChoiceMenu(title: "options", items: items)
    menu.cursor.select(row, count: items.count, height: items.count)
    return menu
  }

  /// Changes an option in the menu: switches and words go on to the next, texts are typed.
  mutating func changeOption(_ name: String, at row: Int) -> [Effect] {
    guard let setting = Setting.named(name) else { return [] }
    let value = setting.value(in: currentSettings)
    let next: String
    switch setting.values {
    case .flag: next = value == "on" ? "off" : "on"
    case .words(let words):
      let index = words.firstIndex(of: value) ?? words.count - 1
      next = words[(index + 1) % words.count]
    case .text:
      overlays.removeLast()
      openPrompt(.command, text: "set \(setting.name)=\(value)")
      return []
    }
    let effects = run("set \(setting.name)=\(next)")
    overlays[overlays.count - 1] = .choice(optionsMenu(at: row))
    return effects
  }

  // MARK: Saved refinements

  mutating func save(as name: String) {
    guard let steps = session?.refinements.steps, !steps.isEmpty else {
      return say("no refinement to save", .refusal)
    }
    guard RefinementSet.isName(name) else {
      return say("a name has letters, digits, - and _ only", .error)
    }
    savedSets.removeAll { $0.name == name }
    savedSets.append(RefinementSet(name: name, steps: steps))
    say("saved \(steps.map(\.crumb).joined(separator: " ")) as \(name)")
  }

  mutating func load(_ name: String) {
    guard let set = savedSets.first(where: { $0.name == name }) else {
      let names = savedSets.map(\.name).joined(separator: ", ")
      return say(
        "nothing is saved as \(name)" + (names.isEmpty ? "" : "; there is \(names)"), .error)
    }
    guard var session else { return }
    var stack = RefinementStack()
    for step in set.steps { stack.push(step) }
    do {
      try session.take(stack)
    } catch {
      return say("\(error)", .error)
    }
    show(refined: session)
    say(
      session.profile.samples.count == 0
        ? EmptyNotice.reason(session, settings) : "\(name): \(session.leftText)")
  }

  mutating func forget(_ name: String) {
    let count = savedSets.count
    savedSets.removeAll { $0.name == name }
    say(savedSets.count < count ? "forgot \(name)" : "nothing is saved as \(name)")
  }
}

/// Refinements under a name, to be loaded again.
package struct RefinementSet: Hashable, Sendable {
  package let name: String
  package let steps: [Refinement]

  package init(name: String, steps: [Refinement]) {
    self.name = name
    self.steps = steps
  }

  /// The steps as text, a line each: `focus=json`.
  package var text: String { steps.map { $0.text + "\n" }.joined() }

  /// Reads steps from lines; those that are none are left out.
  package init(name: String, text: String) {
    self.name = name
    steps = text.split(separator: "\n").compactMap { Refinement(text: String($0)) }
  }

  /// Whether the text can be a name: letters, digits, `-` and `_`.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
