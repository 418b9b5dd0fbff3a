import TerminalUI

/// Where a key goes: what lies on top first, then the pane that has the focus, then what all views share.
extension Inspector {
  mutating func handle(_ key: Key) -> [Effect] {
    if session == nil, let overlay = overlays.last { return handle(key, on: overlay) }
    guard session != nil else { return handleBeforeOpening(key) }
    // A message or popup must never be in the way of leaving.
    if key == .control("c"), !isPrompting { return [.quit(.done)] }
    if let overlay = overlays.last { return handle(key, on: overlay) }
    if let line = settings.line(for: key, in: Panes.all[open].name.lowercased()) {
      if line != UserBinding.none { return run(line) }
    }
    guard let command = command(for: key) else {
      say(
        "\(key.label(glyphs)) has no meaning here: \(settings.key(of: .help)) shows the keys",
        .refusal)
      return []
    }
    return execute(command)
  }

  /// What a key asks for in the open view; nil where it has no meaning, or another one: that of what
  /// lies on top, or one that the user gave it.
  func command(for key: Key) -> Command? {
    let view = Panes.all[open]
    guard session != nil, overlays.isEmpty,
      settings.line(for: key, in: view.name.lowercased()) == nil
    else { return nil }
    return KeyMap(view.bindings)[key] ?? KeyMap.global[key]
  }

  private var isPrompting: Bool {
    if case .prompt = overlays.last { return true }
    return false
  }

  /// The keys while there is nothing to look at.
  private mutating func handleBeforeOpening(_ key: Key) -> [Effect] {
    switch KeyMap.global[key] {
    case .cancel:
      guard case .loading = phase else { return [] }
      phase = .gaveUp
      return [.cancelLoad]
    case .close, .quit: return [.cancelLoad, .quit(.gaveUp)]
    case .reload:
      guard case .gaveUp = phase else { return [] }
      phase = .loading(.start)
      return [.load(source)]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    default: return []
    }
  }

  private mutating func handle(_ key: Key, on overlay: Overlay) -> [Effect] {
    switch overlay {
    case .prompt(let prompt): return handle(key, on: prompt)
    case .text(var popup):
      switch KeyMap.global[key] {
      case .cancel, .close, .help: overlays.removeLast()
      case .quit: return [.quit(.done)]
      case .redraw: return [.redraw]
      case .suspend: return [.suspend]
      case let command?:
        if popup.handle(command, in: size) { overlays[overlays.count - 1] = .text(popup) }
      case nil: break
      }
    case .choice(let menu): return handle(key, on: menu)
    case .store(let picker): return handle(key, on: picker)
    }
    return []
  }

  private mutating func handle(_ key: Key, on menu: ChoiceMenu) -> [Effect] {
    var menu = menu
    if let item = menu.items.first(where: { $0.key.map { key == .character($0) } ?? false }) {
      return choose(item.action, at: menu.cursor.position)
    }
    if key == .enter {
      guard menu.items.indices.contains(menu.cursor.position) else { return [] }
      return choose(menu.items[menu.cursor.position].action, at: menu.cursor.position)
    }
    switch KeyMap.global[key] {
    case .cancel, .close: leaveChoice()
    case .quit: return session == nil ? [.cancelLoad, .quit(.gaveUp)] : [.quit(.done)]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case let command?:
      let height = menu.frame(in: size).size.rows - 2
      if menu.cursor.handle(command, count: menu.items.count, height: height) {
        overlays[overlays.count - 1] = .choice(menu)
      }
    case nil: break
    }
    return []
  }

  private mutating func choose(_ action: ChoiceMenu.Action, at row: Int) -> [Effect] {
    switch action {
    case .sort(let key):
      overlays.removeLast()
      sort(by: key)
    case .load(let name):
      overlays.removeLast()
      load(name)
    case .write(let form):
      overlays.removeLast()
      askForFile(form)
    case .replace(let request):
      overlays.removeLast()
      return [.write(request.overwriting())]
    case .leave:
      overlays.removeLast()
      say("nothing written")
    // The menu stays, so that several can be changed.
    case .option(let name): return changeOption(name, at: row)
    case .sortChange(let order):
      overlays.removeLast()
      sort(by: order)
    case .fetch(let choice): return fetch(choice)
    case .pick(let row, let index): return pick(row, index)
    }
    return []
  }
}
