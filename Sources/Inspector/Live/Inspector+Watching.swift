import ProfileAnalysis
import TerminalUI

/// Live sources: watching them, fetching again, and comparing what came.
extension Inspector {
  // MARK: Fetching

  /// Begins to watch, or pauses, or goes on.
  mutating func toggleWatch() -> [Effect] {
    guard let place = home?.live else {
      say("this is a file: proftui watch URL follows a program that runs", .refusal)
      return []
    }
    guard var watch else {
      watch = Watch(every: place.every)
      say("watching: a snapshot every \(Watch.duration(place.every))")
      return [.runClock(true)] + fetch()
    }
    watch.isPaused.toggle()
    self.watch = watch
    let key = settings.key(of: .watch)
    say(
      watch.isPaused
        ? "paused: \(key) goes on, \(settings.key(of: .reload)) fetches once" : "watching")
    return watch.isPaused ? [] : fetch()
  }

  /// Fetches the live source once more, unless that is under way.
  mutating func fetch() -> [Effect] {
    guard !isFetching, let home else { return [] }
    isFetching = true
    return [.fetch(home)]
  }

  mutating func pass(seconds: Int) -> [Effect] {
    guard watch?.pass(seconds, isFetching: isFetching) == true else { return [] }
    return fetch()
  }

  /// A snapshot that was asked for did not come: what is shown stays.
  mutating func miss(_ failure: Failure) {
    isFetching = false
    fetchProgress = nil
    watch?.fail()
    // The header tells when it is tried again.
    say("\(home?.name ?? failure.subject): \(failure.reason)", .error)
  }

  /// Stops what is being read or fetched; false where nothing is.
  mutating func stopFetching() -> Bool {
    // What a watch fetches by itself is stopped by pausing it.
    let isAwaited = isFetching && (watch?.isPaused ?? true || measuringText != nil)
    guard isReloading || isAwaited else { return false }
    isReloading = false
    nextSource = nil
    isFetching = false
    fetchProgress = nil
    watch?.wait()
    say("given up; what was there is still shown")
    return true
  }

  // MARK: Snapshots

  /// Takes a new snapshot into what is shown.
  ///
  /// The newest is shown unless older ones are compared; where the newest is compared with an older
  /// one, so is this.
  mutating func take(snapshot: ProfileSession) -> [Effect] {
    guard isFetching || watch != nil, let old = session else { return [] }
    let isFirstAfterFailure = (watch?.failures ?? 0) > 0
    if isFirstAfterFailure { say("\(home?.name ?? "it") answers again") }
    let wasAsked = isFetching && (watch == nil || watch?.isPaused == true)
    isFetching = false
    fetchProgress = nil
    watch?.succeed()
    guard let newest = snapshot.series else { return [] }
    if Self.stoodStill(newest.series) {
      say("no change in 3 snapshots; a heap changes when garbage is collected: --gc asks for it")
    }
    if wasAsked { say("fetched \(newest.name(newest.paths.count - 1))") }
    guard old.comparison != nil else {
      show(newest: snapshot, after: old)
      return []
    }
    // The steps that are compared are known by their paths: the oldest may be gone by now.
    let base = newest.paths.firstIndex { [$0] == source.base }
    let other = newest.paths.firstIndex { [$0] == source.paths }
    let last = newest.paths.count - 1
    let followed = old.series?.paths.last.map { source.paths == [$0] } ?? true
    guard followed || source.live != nil, !isReloading else {
      session?.series = newest.comparing(base ?? 0, other ?? last)
      return []
    }
    session?.series = newest.comparing(base ?? 0, last)
    let isStep = old.series?.paths.contains { [$0] == source.base } ?? false
    let bases = isStep && base == nil ? [newest.paths[0]] : source.base
    return load(
      ProfileSource(paths: [newest.paths[last]], sampleType: source.sampleType, base: bases))
  }

  /// Whether nothing changed in the last three steps, which it did before them if there were any.
  private static func stoodStill(_ series: ProfileSeries) -> Bool {
    let count = series.steps.count
    guard count > 2 else { return false }
    func isSame(_ step: Int) -> Bool {
      series.types.indices.allSatisfy { type in
        let sums = series.total(ofType: type)
        return sums[step] == sums[step - 1]
      }
    }
    return isSame(count - 1) && isSame(count - 2) && (count == 3 || !isSame(count - 3))
  }

  private mutating func show(newest: ProfileSession, after old: ProfileSession) {
    var session = newest
    session.resume(old)
    session.sources = old.sources
    phase = .open(session)
    if let home { source = home }
    search = search.map { SearchMatches($0.query, in: session) }
    settle()
  }

  /// Reads what is to take the place of what is shown, without a word.
  private mutating func load(_ next: ProfileSource) -> [Effect] {
    isReloading = true
    isFollowing = true
    nextSource = next
    return [.load(next)]
  }

  /// Compares with the snapshot before or after the one that is the base.
  mutating func moveBase(_ command: Command) -> [Effect] {
    guard let session, let series = session.series, !series.paths.isEmpty else {
      say("no other snapshot: proftui series P1 P2 P3 opens several", .refusal)
      return []
    }
    let isCompared = session.comparison != nil
    let other = isCompared ? series.other : series.paths.count - 1
    let base = (isCompared ? series.base : other) + (command == .previousBase ? -1 : 1)
    if base == other, isCompared, home != nil {
      let next = ProfileSource(paths: [series.paths[other]], sampleType: source.sampleType)
      nextSource = next
      isReloading = true
      say("\(series.name(other)) alone")
      return [.load(next)]
    }
    guard base >= 0, base < other else {
      say("there is no \(command == .previousBase ? "older" : "newer") snapshot", .refusal)
      return []
    }
    return read(steps: base, other)
  }

  /// What the header says of the watch; nil where there is none.
  func watchText(_ session: ProfileSession) -> String? {
    guard let watch else { return nil }
    let series = session.series?.series
    let type = series?.types.firstIndex { $0.type == session.valueType.type }
    let values = type.flatMap { series?.total(ofType: $0) } ?? []
    return watch.text(values, isFetching: isFetching, glyphs)
  }

  /// What the row of messages says while something is measured; nil where nothing is.
  var measuringText: String? {
    guard isReloading || isFetching,
      case .measuring(let elapsed, let seconds)? = fetchProgress?.stage
    else { return nil }
    return "measuring: \(max(seconds - elapsed, 0)) s to go; \(settings.key(of: .cancel)) gives up"
  }
}

extension Command {
  package static let watch = Command(
    "watch", "fetch a live profile again and again, or pause")
}
