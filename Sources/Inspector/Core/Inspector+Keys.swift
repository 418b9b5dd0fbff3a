import TerminalUI

/// Where a key goes: what lies on top first, then the pane that has the focus, then what all views share.
extension Inspector {
  mutating func handle(_ key: Key) -> [Effect] {
    guard session != nil else { return handleBeforeOpening(key) }
    // A message or popup must never be in the way of leaving.
    if key == .control("c"), !isPrompting { return [.quit(.done)] }
    if let overlay = overlays.last { return handle(key, on: overlay) }
    let own = KeyMap(Panes.all[open].bindings)
    guard let command = own[key] ?? KeyMap.global[key] else {
      say("\(key.label(glyphs)) has no meaning here: \(KeyText.of(.help)) shows the keys", .refusal)
      return []
    }
    return execute(command)
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
    }
    return []
  }

  private mutating func handle(_ key: Key, on menu: ChoiceMenu) -> [Effect] {
    var menu = menu
    if let item = menu.items.first(where: { key == .character($0.key) }) {
      overlays.removeLast()
      choose(item.action)
      return []
    }
    if key == .enter {
      overlays.removeLast()
      if menu.items.indices.contains(menu.cursor.position) {
        choose(menu.items[menu.cursor.position].action)
      }
      return []
    }
    switch KeyMap.global[key] {
    case .cancel, .close: overlays.removeLast()
    case .quit: return [.quit(.done)]
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

  private mutating func choose(_ action: ChoiceMenu.Action) {
    switch action {
    case .sort(let key): sort(by: key)
    }
  }
}
