import ProfileAnalysis
import TerminalUI

/// How the screen is put together.
extension Inspector {
  /// The screen as it is now; exactly of its size.
  package func render() -> CellGrid {
    var grid = CellGrid(size)
    let layout = layout
    guard !layout.isTooSmall else {
      let wanted = ScreenLayout.minimum
      return .centred(["too small", "need \(wanted)"], size: size, role: .message)
    }
    switch phase {
    case .loading(let progress): drawLoading(progress, into: &grid, layout)
    case .choosing:
      drawTitle(into: &grid, layout)
      grid.draw(messageRow(width: size.columns), in: layout.message)
    case .gaveUp: drawGaveUp(into: &grid, layout)
    case .open(let session): draw(session, into: &grid, layout)
    }
    for overlay in overlays {
      switch overlay {
      case .prompt: break
      case .text(let popup): popup.draw(into: &grid, glyphs: glyphs)
      case .choice(let menu): menu.draw(into: &grid, glyphs: glyphs)
      case .store(let picker):
        picker.draw(into: &grid, title: home?.live?.server ?? "", glyphs: glyphs)
      }
    }
    return grid
  }

  /// Where the terminal's cursor belongs: in the prompt, or nowhere.
  package var cursor: GridPoint? {
    guard case .prompt(let prompt) = overlays.last, !layout.isTooSmall else { return nil }
    let row = layout.message.origin.row
    return GridPoint(
      row: row, column: DisplayWidth.of(prompt.purpose.sign) + visiblePrompt(prompt).column)
  }

  private func visiblePrompt(_ prompt: Prompt) -> (text: String, column: Int) {
    let note = prompt.note.isEmpty ? 0 : min(DisplayWidth.of(prompt.note) + 2, size.columns / 2)
    let sign = DisplayWidth.of(prompt.purpose.sign)
    return prompt.text.visible(width: max(size.columns - sign - note, 1))
  }

  // MARK: An open profile

  private func draw(_ session: ProfileSession, into grid: inout CellGrid, _ layout: ScreenLayout) {
    let width = size.columns
    let context = context(session, layout)
    let session = context.session
    let count = session.rowCounts
    let noun = session.granularity.noun
    let isFiltered = session.rowFilter != nil && Panes.all[open].filterRefusal == nil
    let rows =
      !isFiltered
      ? Plural.text(count.all, noun.one == "function" ? noun.many : noun.one, noun.many)
      : "\(count.shown) of \(count.all) \(noun.many)"
    let filter = isFiltered ? session.rowFilter.map { "&\($0.query.text)" } : nil
    let crumbs =
      session.refinements.steps.map(\.crumb)
      + [session.sideCrumb(glyphs), filter, panes[open].crumb].compactMap { $0 }
    grid.draw(
      StatusLine.header(
        program: "proftui", title: session.comparison?.title(glyphs.arrow) ?? session.name,
        facts: [watchText(session), "\(session.measureText) \(session.totalText)", rows]
          .compactMap { $0 }, crumbs: crumbs,
        width: width, glyphs: glyphs),
      in: layout.header)
    if let tabs = layout.tabs {
      let types = session.sampleTypes.count
      grid.draw(
        StatusLine.tabs(
          Panes.all.map { ($0.key, $0.name) }, open: open,
          right: "t:\(session.valueType.type) \(session.sampleType + 1)/\(types)", width: width),
        in: tabs)
    }
    grid.draw(panes[open].render(in: context), in: layout.list)
    if let divider = layout.divider {
      grid.fill(divider, with: glyphs.vertical, role: .border)
    }
    if let rect = layout.detail {
      grid.draw(detail.render(in: detailContext(session, rect)), in: rect)
    }
    if let row = layout.detailRow {
      grid.draw(selectionRow(session, context, width: width), in: row)
    }
    grid.draw(messageRow(width: width), in: layout.message)
    if let keys = layout.keys {
      grid.draw(StatusLine.keys(keyRow, width: width, glyphs: glyphs), in: keys)
    }
  }

  private func selectionRow(
    _ session: ProfileSession, _ context: PaneContext, width: Int
  ) -> CellGrid {
    let position = panes[open].position(in: context).map { "\($0.row)/\($0.count)" } ?? ""
    if let own = panes[open].selectionFacts(in: context) {
      return StatusLine.selection(
        name: own.name, facts: own.facts, position: position, width: width, glyphs: glyphs,
        isNameElsewhere: layout.detail != nil
          && shownSymbol.map { session.nodes.printableName(of: $0) } == own.name)
    }
    guard let node = shownSymbol else {
      return StatusLine.selection(
        name: "", facts: [], position: position, width: width, glyphs: glyphs)
    }
    if session.showsChange {
      return StatusLine.selection(
        name: session.nodes.printableName(of: node),
        facts: session.changeFacts(of: node, glyphs: glyphs), position: position, width: width,
        glyphs: glyphs)
    }
    var facts: [String] = []
    if let place = session.shortPlace(of: node), session.granularity == .functions {
      facts.append(place)
    }
    if let counts = session.counts {
      let count = counts.flat[node.index]
      let noun = session.countNoun
      if count != 0 {
        facts.append("\(count) \(count == 1 ? noun.one : noun.many)")
        if session.hasTellingMeans {
          facts.append("avg \(session.mean(session.totals.flat[node.index], count: count))")
        }
      }
    }
    let callers = session.neighbours(of: node).callers.count
    facts.append(callers == 0 ? "no callers" : Plural.text(callers, "caller", "callers"))
    return StatusLine.selection(
      name: session.nodes.printableName(of: node), facts: facts, position: position, width: width,
      glyphs: glyphs, isNameElsewhere: layout.detail != nil)
  }

  private func messageRow(width: Int) -> CellGrid {
    var grid = CellGrid(columns: width, rows: 1)
    if case .prompt(let prompt) = overlays.last {
      let start = grid.write(prompt.purpose.sign, at: .zero, role: .prompt)
      grid.write(visiblePrompt(prompt).text, at: GridPoint(row: 0, column: start), role: .prompt)
      let note = TextFitting.shortenedEnd(
        prompt.note, to: max(width / 2 - 2, 0), ellipsis: glyphs.ellipsis)
      grid.write(
        note, at: GridPoint(row: 0, column: width - DisplayWidth.of(note)), role: .message)
    } else if let text = measuringText {
      grid.write(text, at: .zero, role: .message)
    } else if let message {
      grid.write(
        TextFitting.shortenedEnd(message.text, to: width, ellipsis: glyphs.ellipsis),
        at: .zero, role: message.role)
    } else if let session, let legend = legend(session) {
      grid.write(
        TextFitting.shortenedEnd(legend, to: width, ellipsis: glyphs.ellipsis), at: .zero,
        role: .dim)
    }
    return grid
  }

  // MARK: Before there is a profile

  private func drawLoading(
    _ progress: LoadingProgress, into grid: inout CellGrid, _ layout: ScreenLayout
  ) {
    drawTitle(into: &grid, layout)
    let middle = size.rows / 2
    let width = min(size.columns - 4, 60)
    let left = (size.columns - width) / 2
    let text: String
    let done: String
    switch progress.stage {
    case .reading(let bytes):
      text = "reading \(source.name)"
      done = Measurement.label(Int64(bytes), unit: "bytes")
    case .decoding(let samples):
      text = "decoding \(source.name)"
      done = Plural.text(samples, "sample", "samples")
    case .measuring(let elapsed, let seconds):
      text = "\(source.name) measures"
      done = "\(max(seconds - elapsed, 0)) s to go"
    }
    grid.write(
      TextFitting.shortenedMiddle(text, to: width - DisplayWidth.of(done) - 2),
      at: GridPoint(row: middle - 1, column: left), maxWidth: width)
    grid.write(
      done, at: GridPoint(row: middle - 1, column: left + width - DisplayWidth.of(done)),
      role: .number)
    grid.write(
      glyphs.gauge(fraction: progress.fraction, width: width),
      at: GridPoint(row: middle, column: left),
      role: .gauge)
    grid.write("\(Settings().key(of: .cancel)) gives up", at: layout.message.origin, role: .message)
  }

  private func drawGaveUp(into grid: inout CellGrid, _ layout: ScreenLayout) {
    drawTitle(into: &grid, layout)
    let text =
      "stopped reading \(source.name): nothing is loaded. "
      + "\(Settings().key(of: .reload)) starts again, \(Settings().key(of: .close)) leaves"
    let lines = TextWrapping.lines(text, width: max(size.columns - 4, 1))
    let room = GridRect(row: 1, column: 0, columns: size.columns, rows: size.rows - 1)
    grid.draw(.centred(lines, size: room.size, role: .message), in: room)
  }

  private func drawTitle(into grid: inout CellGrid, _ layout: ScreenLayout) {
    grid.draw(
      StatusLine.header(
        program: "proftui", title: source.name, facts: [], width: size.columns, glyphs: glyphs),
      in: layout.header)
  }
}
