import ProfileAnalysis
import TerminalUI

/// Searching, filtering and typing commands: all that is done at a prompt.
extension Inspector {
  mutating func openPrompt(_ purpose: Prompt.Purpose, text: String = "") {
    guard let session else { return }
    if purpose == .filter, let reason = Panes.all[open].filterRefusal {
      return say(reason, .refusal)
    }
    beforePrompt = BeforePrompt(pane: panes[open], search: search, session: session)
    let initial = purpose == .filter ? session.rowFilter?.query.text ?? "" : text
    overlays.append(
      .prompt(
        Prompt(purpose: purpose, text: TextPrompt(initial, history: history[purpose] ?? []))))
  }

  mutating func handle(_ key: Key, on prompt: Prompt) -> [Effect] {
    var prompt = prompt
    let outcome = prompt.text.handle(key)
    switch outcome {
    case .changed: change(&prompt)
    case .kept: break
    case .completion:
      if prompt.purpose == .command { CommandLine.complete(&prompt, for: self) }
    case .cancelled:
      overlays.removeLast()
      restore()
      return []
    case .accepted:
      overlays.removeLast()
      return accept(prompt)
    }
    overlays[overlays.count - 1] = .prompt(prompt)
    return []
  }

  private mutating func restore() {
    guard let beforePrompt else { return }
    panes[open] = beforePrompt.pane
    search = beforePrompt.search
    session = beforePrompt.session
    self.beforePrompt = nil
  }

  /// Shows at once what the text so far finds.
  private mutating func change(_ prompt: inout Prompt) {
    prompt.note = ""
    guard let beforePrompt else { return }
    switch prompt.purpose {
    case .search:
      restore()
      self.beforePrompt = beforePrompt
      let query = SearchQuery(prompt.text.text)
      search = query.isEmpty ? nil : SearchMatches(query, in: beforePrompt.session)
      guard search != nil else { return }
      prompt.note = seek(.here).map(describe) ?? "no match"
    case .filter:
      filter(prompt.text.text, from: beforePrompt.session)
      if let count = session?.rowFilter?.valuedCount { prompt.note = "\(count) match" }
    case .refine(let kind):
      prompt.note = PatternCoverage(prompt.text.text, in: beforePrompt.session)
        .note(for: kind, glyphs: glyphs)
    case .command, .write: break
    }
  }

  private mutating func accept(_ prompt: Prompt) -> [Effect] {
    let text = prompt.text.text
    if !text.isEmpty, history[prompt.purpose]?.last != text {
      history[prompt.purpose, default: []].append(text)
    }
    switch prompt.purpose {
    case .search:
      if text.isEmpty {
        // As in vi, an empty search is the last one again.
        guard let last = history[.search]?.last else { return [] }
        startSearch(SearchQuery(last), .next)
      } else if search != nil {
        report(seek(.here))
      }
    case .filter:
      if let session = beforePrompt?.session { filter(text, from: session) }
      if let filter = session?.rowFilter, filter.count == 0, let session {
        say(EmptyNotice.reason(session, settings), .refusal)
      }
    case .refine(let kind):
      beforePrompt = nil
      if !text.isEmpty { refine(Refinement(kind, text)) }
    case .command:
      beforePrompt = nil
      return run(text)
    case .write(let form):
      beforePrompt = nil
      return write(form, to: text)
    }
    beforePrompt = nil
    return []
  }

  private mutating func filter(_ text: String, from session: ProfileSession) {
    var session = session
    session.rowFilter = text.isEmpty ? nil : SearchMatches(SearchQuery(text), in: session)
    self.session = session
  }

  // MARK: Matches

  mutating func findMatch(_ step: SearchStep) {
    if search != nil { return report(seek(step)) }
    guard let last = history[.search]?.last else {
      return say("nothing was searched for: \(settings.key(of: .search)) searches", .refusal)
    }
    startSearch(SearchQuery(last), step)
  }

  mutating func searchSymbol() {
    guard let session, let node = shownSymbol else {
      return say("nothing is selected that could be searched for", .refusal)
    }
    let nodes = session.nodes
    let id = nodes.names[node.index]
    let name = id == .empty ? nodes.files[node.index] : id
    guard name != .empty else { return say("the selected symbol has no name", .refusal) }
    startSearch(SearchQuery(nodes.strings[name], isWhole: true), .next)
  }

  private mutating func startSearch(_ query: SearchQuery, _ step: SearchStep) {
    guard let session else { return }
    search = SearchMatches(query, in: session)
    report(seek(step))
  }

  /// Finds again what is searched for, after the rows became others.
  mutating func researchIfNeeded() {
    guard let session, let query = search?.query else { return }
    search = SearchMatches(query, in: session)
  }

  private mutating func seek(_ step: SearchStep) -> SearchPosition? {
    guard let session else { return nil }
    let layout = layout
    // What the prompt or another view left behind comes first.
    panes[open].refresh(in: context(session, layout))
    guard let position = panes[open].seek(step, in: context(session, layout)) else { return nil }
    if let node = panes[open].selection { self.session?.selection = node }
    return position
  }

  private mutating func report(_ position: SearchPosition?) {
    if let position { return say(describe(position)) }
    guard let session, let search else { return }
    let noun = session.granularity.noun.many
    // What has no value has no row, and is not among those that the header counts.
    let (found, without) = (search.valuedCount, search.count - search.valuedCount)
    let hidden =
      (found > 0 ? ", none in these rows" : "")
      + (without > 0 ? ", and \(without) without \(session.valueType.type)" : "")
    say(
      "/\(search.query.text) matches \(found) of \(session.rowCounts.all) \(noun)\(hidden): "
        + "\(settings.key(of: .cancel)) clears it", .refusal)
  }

  /// `3/17 · 47.1% of total`.
  private func describe(_ position: SearchPosition) -> String {
    var parts = ["\(position.ordinal)/\(position.count)"]
    if let session, let search, search.count > 0, !position.isOfText {
      parts.append("\(Share.text(search.covered, of: session.totals.total)) of total")
    }
    if position.isWrapped, position.count > 1 { parts.append("came round") }
    return parts.joined(separator: " \(glyphs.separator) ")
  }
}
