import ProfileModel

extension Profile {
  /// The profile without the frames that it says itself are of no interest, and all that they call:
  /// an allocator below the call that allocates, for one.
  ///
  /// Frames from the root to the first that is of interest are never cut.
  ///
  /// - Parameter notices: is told if the profile's expression is not one; then nothing is cut.
  public func droppingUninterestingFrames(notices: inout [FilterNotice]) -> Profile {
    guard !header.dropFrames.isEmpty else { return self }
    func whole(_ source: String) -> Pattern? {
      do throws(PatternError) {
        return try Pattern("^(\(source))$")
      } catch {
        notices.append(.unreadableFramePattern(source, error))
        return nil
      }
    }
    guard let drop = whole(header.dropFrames) else { return self }
    guard !header.keepFrames.isEmpty else { return dropping(drop, keeping: nil, &notices) }
    guard let keep = whole(header.keepFrames) else { return self }
    return dropping(drop, keeping: keep, &notices)
  }

  /// The profile with each stack cut below the match closest to the leaf, which stays.
  public func pruned(from pattern: Pattern, notices: inout [FilterNotice]) -> Profile {
    let matches = nameMatches(pattern, option: "prune_from", &notices)
    var isMatch: [Bool] = []
    let ranges = locations.indices.map { location in
      let lines = locations.lineRange(of: LocationID(location))
      let first = lines.first { matches[locations.lines[$0].function.index] }
      isMatch.append(first != nil)
      return (first ?? lines.lowerBound)..<lines.upperBound
    }
    guard isMatch.contains(true) else { return self }
    return replacing(locations: locations.cuttingLines(to: ranges)).cuttingStacks { stack in
      (stack.firstIndex { isMatch[$0.index] } ?? 0)..<stack.count
    }
  }

  private func dropping(
    _ drop: Pattern, keeping keep: Pattern?, _ notices: inout [FilterNotice]
  ) -> Profile {
    enum Fate { case kept, cutBelow, dropped }
    var isDropped = nameMatches(drop, option: "drop_frames", &notices)
    if let keep {
      let isKept = nameMatches(keep, option: "keep_frames", &notices)
      for function in isDropped.indices where isKept[function] { isDropped[function] = false }
    }
    var fates: [Fate] = []
    let ranges = locations.indices.map { location in
      let lines = locations.lineRange(of: LocationID(location))
      // From the outermost line inwards, which is from the last.
      let match = lines.last { isDropped[locations.lines[$0].function.index] }
      guard let match else {
        fates.append(.kept)
        return lines
      }
      let isOutermost = match + 1 == lines.upperBound
      fates.append(isOutermost ? .dropped : .cutBelow)
      return isOutermost ? lines : match + 1..<lines.upperBound
    }
    guard fates.contains(where: { $0 != .kept }) else { return self }
    return replacing(locations: locations.cuttingLines(to: ranges)).cuttingStacks { stack in
      guard let user = stack.lastIndex(where: { fates[$0.index] == .kept }),
        let cut = stack[..<user].lastIndex(where: { fates[$0.index] != .kept })
      else { return 0..<stack.count }
      return (fates[stack[cut].index] == .dropped ? cut + 1 : cut)..<stack.count
    }
  }

  /// Whether the simplified name of each function matches; unnamed functions never do.
  private func nameMatches(
    _ pattern: Pattern, option: String, _ notices: inout [FilterNotice]
  ) -> [Bool] {
    var matcher = pattern.makeMatcher()
    var known: [Bool?] = Array(repeating: nil, count: strings.count)
    known[StringID.empty.index] = false
    let matches = functions.names.map { name in
      if let matches = known[name.index] { return matches }
      let matches = strings.withBytes(of: name) { bytes in
        matcher.matches(UnsafeBufferPointer(rebasing: bytes[SimplifiedName.range(in: bytes)]))
      }
      known[name.index] = matches
      return matches
    }
    if matcher.gaveUp { notices.append(.gaveUp(option: option)) }
    return matches
  }
}
