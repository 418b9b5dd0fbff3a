import ProfileAnalysis
import TerminalUI

/// The program as a value: what is open, what is looked at and how, and what lies over it.
///
/// `handle` is the only writer; `render` and `cursor` read.
package struct Inspector: Sendable {
  /// How far the profile is.
  enum Phase: Sendable {
    case loading(LoadingProgress)
    /// The user chooses what to open.
    case choosing
    /// The user stopped waiting.
    case gaveUp
    case open(ProfileSession)
  }

  /// Which of the two panes takes the keys.
  enum Focus: Hashable, Sendable {
    case list
    case detail
  }

  /// A place to come back to.
  struct Place: Hashable, Sendable {
    var pane: Int
    var selection: SymbolIdentity?
  }

  /// Whether what is done is still waited for; always but in a turn that was given up.
  ///
  /// Asked between the stages of what can take long: what is left of the inspector of such a turn is
  /// never looked at.
  var isWanted: @Sendable () -> Bool = { true }
  /// What was set, but for what the open profile and the screen have; see `currentSettings`.
  var settings: Settings
  /// Refinements under names, in the order in which they were saved.
  package var savedSets: [RefinementSet] = []
  /// What the first profile is opened with, as far as it has that.
  var recollection = Recollection()
  var glyphs: GlyphSet
  /// The signs to draw with unless others are set.
  let startGlyphs: GlyphSet
  /// What is open, or being read at the start.
  var source: ProfileSource
  /// What is being read to take its place.
  var nextSource: ProfileSource?
  /// The steps of the series that are being read.
  var nextSeries: SessionSeries?
  var size: GridSize
  var phase = Phase.loading(.start)
  var isReloading = false
  /// The live source that was opened; nil for files.
  var home: ProfileSource?
  /// What was chosen from last, to choose from again.
  var offers: LiveOffers?
  var picker: StorePicker?
  /// What is being fetched again and again; nil where nothing is.
  var watch: Watch?
  var isFetching = false
  /// What is being written to files meanwhile.
  var writing: [WriteRequest] = []
  /// How far fetching or reading has come while something is shown.
  var fetchProgress: LoadingProgress?
  /// Whether what is being read is the same comparison with a newer snapshot.
  var isFollowing = false
  var panes: [any Pane] = Panes.all.map { $0.init() }
  /// The index of the view that is shown.
  var open = 0
  var focus = Focus.list
  var detail = SymbolDetail()
  var detailPane = ScreenLayout.DetailPane.automatic
  var isMaximised = false
  var overlays: [Overlay] = []
  var message: Message?
  /// All messages, oldest first; the last `messageLimit` of them.
  var messages: [Message] = []
  var search: SearchMatches?
  /// What the screen was like before the prompt was opened, to go back to on Esc.
  var beforePrompt: BeforePrompt?
  /// Lines typed at prompts, oldest first.
  var history: [Prompt.Purpose: [String]] = [:]
  var past: [Place] = []
  var future: [Place] = []

  static let messageLimit = 500

  struct BeforePrompt: Sendable {
    let pane: any Pane
    let search: SearchMatches?
    let session: ProfileSession
  }

  /// - Parameters:
  ///   - source: what to open; nothing is read before `start()`.
  ///   - size: that of the screen.
  ///   - settings: what the configuration and the flags say.
  package init(
    source: ProfileSource, size: GridSize, glyphs: GlyphSet = .utf8,
    settings: Settings = Settings()
  ) {
    self.source = source
    home = source.live == nil ? nil : source
    self.size = size
    self.glyphs = glyphs
    startGlyphs = glyphs
    self.settings = settings
    detailPane =
      settings.detail == .auto ? .automatic : settings.detail == .on ? .shown : .hidden
  }

  /// What to do first: read the profile.
  package func start() -> [Effect] {
    [.load(source)] + (home?.live?.isWatched == true ? [.runClock(true)] : [])
  }

  /// Takes over what happened, and tells what to do about it.
  package mutating func handle(_ event: Event) -> [Effect] {
    let effects = take(event)
    guard let file = panes[open].wantedSource, session?.sources[file] == nil else { return effects }
    session?.sources[file] = .loading
    return effects + [.loadSource(file: file)]
  }

  private mutating func take(_ event: Event) -> [Effect] {
    switch event {
    case .input(let input): return handle(input)
    case .progress(let progress):
      if case .loading = phase { phase = .loading(progress) }
      if isReloading || isFetching { fetchProgress = progress }
    case .snapshot(let session): return take(snapshot: session)
    case .missed(let failure): miss(failure)
    case .offered(let offers): return choose(from: offers)
    case .answered(let answer): return take(answer)
    case .elapsed(let seconds): return pass(seconds: seconds)
    case .loaded(let session): show(session)
    case .sorted(let sorted):
      session?.take(sorted)
      if let session { search = search.map { SearchMatches($0.query, in: session) } }
      settle()
    case .failed(let failure):
      if case .loading = phase { return choose(after: failure) ?? [.quit(.failed(failure))] }
      isReloading = false
      isFollowing = false
      nextSource = nil
      fetchProgress = nil
      nextSeries = nil
      say("\(failure)", .error)
    case .told(let text): say(text)
    case .fileExists(let request): ask(about: request)
    case .writing(let request):
      writing.append(request)
      say("writing \(request.path) while you go on: \(settings.key(of: .cancel)) gives up")
    case .writingEnded(let request): writing.removeAll { $0 == request }
    case .sourceLoaded(let file, let source):
      session?.sources[file] = source
      settle()
    }
    return []
  }

  private mutating func handle(_ input: TerminalInput) -> [Effect] {
    switch input {
    case .key(let key):
      message = nil
      let effects = handle(key)
      settle()
      return effects
    case .resize(let size):
      self.size = size
      settle()
      return []
    case .suspend: return [.suspend]
    case .resumed: return [.redraw]
    case .terminate(let request): return [.quit(.signalled(request.rawValue))]
    case .closed: return [.quit(.signalled(TerminationRequest.hangup.rawValue))]
    case .mouse(let event):
      message = nil
      let effects = handle(event)
      settle()
      return effects
    case .wake: return []
    }
  }

  // MARK: Loading

  private mutating func show(_ session: ProfileSession) {
    var session = session
    if case .open(let old) = phase {
      session.resume(old)
      if let nextSeries { session.series = nextSeries }
      search = search.map { SearchMatches($0.query, in: session) }
      if isFollowing {
        session.sources = old.sources
      } else {
        panes = Panes.all.map { $0.init() }
        detail = SymbolDetail()
        past = []
        future = []
      }
      if isFollowing {
        // Said when it began.
      } else if nextSource != nil {
        say(session.comparison == nil ? session.name : session.sideText)
        if nextSource?.live != nil { home = nextSource }
      } else {
        say("read \(session.name) again")
      }
    } else if case .gaveUp = phase {
      // It came in before the reader noticed.
      return
    } else {
      recall(in: &session)
      let isWatched = home?.live?.isWatched == true
      if isWatched, let every = home?.live?.every { watch = Watch(every: every) }
      if session.series != nil, home == nil || isWatched {
        open = Panes.all.firstIndex { $0 == SeriesPane.self } ?? open
      }
    }
    isReloading = false
    isFollowing = false
    fetchProgress = nil
    source = nextSource ?? source
    nextSource = nil
    nextSeries = nil
    phase = .open(session)
    let count = session.whole.warnings.count
    if message == nil, count > 0 {
      let words = count == 1 ? "a warning" : "\(count) warnings"
      say("\(words) about this file: \(settings.key(of: .show(InfoPane.self))) shows", .refusal)
    }
    settle()
  }

  // MARK: State that many ask for

  var session: ProfileSession? {
    get {
      guard case .open(let session) = phase else { return nil }
      return session
    }
    set {
      if let newValue { phase = .open(newValue) }
    }
  }

  package var layout: ScreenLayout {
    let maximised: ScreenLayout.Maximised =
      isMaximised ? (focus == .detail ? .detail : .list) : .none
    return ScreenLayout(
      size, detail: hasDetails ? detailPane : .hidden, maximised: maximised)
  }

  /// Whether the open view has rows to give details of.
  var hasDetails: Bool {
    guard let session else { return false }
    return panes[open].hasDetails(in: context(session, ScreenLayout(size)))
  }

  func context(_ session: ProfileSession, _ layout: ScreenLayout) -> PaneContext {
    var session = session
    // What a view sums up it also calls a sum.
    if session.showsMeans, !Panes.all[open].showsMeans { session.showsMeans = false }
    return PaneContext(
      session: session, size: layout.list.size, showsHeads: layout.showsHeads,
      isFocused: focus == .list || layout.detail == nil, glyphs: glyphs, search: search,
      settings: settings)
  }

  func detailContext(_ session: ProfileSession, _ rect: GridRect) -> PaneContext {
    PaneContext(
      session: session, size: rect.size, showsHeads: false, isFocused: focus == .detail,
      glyphs: glyphs)
  }

  /// The symbol that the row of details is about.
  var shownSymbol: NodeID? { panes[open].selection }

  /// Lets the open view and the details catch up with everything else.
  mutating func settle() {
    guard isWanted(), var session else { return }
    if session.selection == nil, Panes.all[open].followsSelection,
      let first = TopRows(session).nodes.first
    {
      session.fallBack(to: first)
      self.session = session
    }
    let before = layout.list
    panes[open].refresh(in: context(session, layout))
    // Whether it has rows decides whether there are details beside it, and so its own width.
    if layout.list != before { panes[open].refresh(in: context(session, layout)) }
    if session.selection == nil, let first = panes[open].selection {
      session.fallBack(to: first)
      self.session = session
    }
    if layout.detail == nil { focus = .list }
    detail.show(panes[open].detailSubject)
  }

  /// Puts a line into the message row and into the list of messages.
  mutating func say(_ text: String, _ kind: Message.Kind = .information) {
    let message = Message(text, kind)
    self.message = message
    messages.append(message)
    if messages.count > Self.messageLimit { messages.removeFirst() }
  }
}

extension ProfileSession {
  /// Goes on as `old` was left, as far as this profile has what it showed.
  mutating func resume(_ old: ProfileSession) {
    if let index = sampleTypes.firstIndex(of: old.valueType) { showSampleType(index) }
    if let side = old.comparison?.side { comparison?.side = side }
    if series == nil { series = old.series }
    // What could be read once can be read again.
    try? take(old.refinements)
    hasRelativeShares = old.hasRelativeShares
    order = old.order
    showsMeans = old.showsMeans && countType != nil
    rowFilter = old.rowFilter.map { SearchMatches($0.query, in: self) }
    select(known: old.selectedIdentity)
  }
}
