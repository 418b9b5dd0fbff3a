import ProfileModel

extension Profile {
  /// The profile with the samples and frames that the filters leave.
  ///
  /// Filters look at each location as a whole and cut lines from it for all stacks that it is in.
  /// With any of `focus`, `ignore`, `hide` and `show`, samples without frames are left out.
  ///
  /// - Parameter notices: gets an entry for each filter that matched nothing.
  /// - Complexity: each name is held against each pattern once; then one pass over the stacks.
  public func filtered(by filters: FrameFilters, notices: inout [FilterNotice]) -> Profile {
    var result = self
    if filters.focus != nil || filters.ignore != nil || filters.hide != nil || filters.show != nil {
      result = NameFiltering(self, filters, &notices).result()
    }
    if let pattern = filters.showFrom { result = result.shown(from: pattern, &notices) }
    return result
  }

  /// Cuts stacks above the match closest to the root, and leaves out samples without a match.
  private func shown(from pattern: Pattern, _ notices: inout [FilterNotice]) -> Profile {
    let matches = FrameMatches(pattern, in: self)
    if matches.gaveUp { notices.append(.gaveUp(option: "show_from")) }
    var isMatch: [Bool] = []
    let ranges = locations.indices.map { location in
      let lines = locations.lineRange(of: LocationID(location))
      let isMapped = matches.matches(mapping: locations.mappings[location])
      let last =
        isMapped ? nil : lines.last { matches.functions[locations.lines[$0].function.index] }
      isMatch.append(isMapped || last != nil)
      return last.map { lines.lowerBound..<$0 + 1 } ?? lines
    }
    if !isMatch.contains(true) { notices.append(.matchedNothing("ShowFrom")) }
    return replacing(locations: locations.cuttingLines(to: ranges)).cuttingStacks { stack in
      stack.lastIndex { isMatch[$0.index] }.map { 0..<$0 + 1 }
    }
  }
}

/// Focus, ignore, hide and show, decided for each location at once.
private struct NameFiltering {
  private let profile: Profile
  private let filters: FrameFilters
  private let focus, ignore, hide, show: FrameMatches?

  private var isIgnored: [Bool] = []
  private var isFocused: [Bool] = []
  private var isHidden: [Bool] = []
  private var locations: LocationTable

  init(_ profile: Profile, _ filters: FrameFilters, _ notices: inout [FilterNotice]) {
    self.profile = profile
    self.filters = filters
    locations = profile.locations
    func matches(_ option: String, _ pattern: Pattern?) -> FrameMatches? {
      let matches = pattern.map { FrameMatches($0, in: profile) }
      if matches?.gaveUp == true { notices.append(.gaveUp(option: option)) }
      return matches
    }
    focus = matches("focus", filters.focus)
    ignore = matches("ignore", filters.ignore)
    hide = matches("hide", filters.hide)
    show = matches("show", filters.show)
    decideSamples(&notices)
    decideLines(&notices)
  }

  func result() -> Profile {
    let located = profile.replacing(locations: locations, samples: keptSamples())
    guard isHidden.contains(true) else { return located.leavingOutEmptySamples() }
    return located.leavingOutFrames(where: Column(isHidden))
  }

  /// The samples whose stacks have a frame that is focused, and none that is ignored.
  private func keptSamples() -> SampleTable {
    guard focus != nil || ignore != nil else { return profile.samples }
    let hasFocus = focus.map { _ in profile.stacks.stacks(where: Column(isFocused)) }
    let hasIgnored = ignore.map { _ in profile.stacks.stacks(where: Column(isIgnored)) }
    let stacks = profile.samples.stacks
    return profile.samples.selecting { sample in
      let stack = stacks[sample].index
      return hasFocus?[stack] != false && hasIgnored?[stack] != true
    }
  }

  private mutating func decideSamples(_ notices: inout [FilterNotice]) {
    let count = profile.locations.count
    isIgnored =
      ignore.map { Array($0.hits(in: profile.locations)) } ?? Array(repeating: false, count: count)
    isFocused =
      focus.map { Array($0.hits(in: profile.locations)) } ?? Array(repeating: true, count: count)
    // A location that is ignored is not even looked at for the focus.
    for location in 0..<count where isIgnored[location] { isFocused[location] = false }
    if focus != nil, !isFocused.contains(true) { notices.append(.matchedNothing("Focus")) }
    if ignore != nil, !isIgnored.contains(true) { notices.append(.matchedNothing("Ignore")) }
  }

  private mutating func decideLines(_ notices: inout [FilterNotice]) {
    isHidden = Array(repeating: false, count: profile.locations.count)
    guard hide != nil || show != nil else { return }
    var (hidesAny, showsAny) = (false, false)
    let old = profile.locations
    let hideHits = hide?.hits(in: old)
    locations = old.rewritingLines { location, result in
      let index = location.index
      let start = result.count
      let isHideMatch = hideHits?[index] ?? false
      let isMapped = show?.matches(mapping: old.mappings[index]) ?? true
      if isHideMatch { hidesAny = true }
      if !isHideMatch || hide?.matches(mapping: old.mappings[index]) != true {
        for row in old.lineRange(of: location) {
          let line = old.lines[row]
          let function = line.function.index
          if isHideMatch, let hide, hide.functions[function] { continue }
          if isMapped || show?.functions[function] == true { result.append(line) }
        }
      }
      let hasLines = result.count > start
      // A location that never had lines is hidden by `show` even if its mapping matches.
      isHidden[index] = !hasLines && (isHideMatch || show != nil)
      if show != nil, hasLines { showsAny = true }
    }
    if hide != nil, !hidesAny { notices.append(.matchedNothing("Hide")) }
    if show != nil, !showsAny { notices.append(.matchedNothing("Show")) }
  }
}
