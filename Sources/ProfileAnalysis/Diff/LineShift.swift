import ProfileModel

/// The numbers under which lines of an older build are shown beside a newer one.
struct LineShift {
  /// By line of the older build, the number to show; those that keep theirs are not in it.
  private(set) var shown: [FrameKey: Int64] = [:]
  private(set) var moves = LineMoves()

  /// - Parameter read: reads the lines of a file of one side; nil where it is not at hand.
  init(
    base: Profile, other: Profile, _ alignment: FunctionAlignment,
    reading read: @escaping LineContents.Reader
  ) {
    let old = CalledLines(base, alignment.baseIDs)
    let new = CalledLines(other, alignment.otherIDs)
    var contents = LineContents(read)
    var pairs = 20_000_000
    for (function, oldLines) in old.byFunction.sorted(by: { $0.key < $1.key }) {
      guard let newLines = new.byFunction[function], oldLines.keys != newLines.keys else {
        continue
      }
      let oldStart = alignment.baseStartLines[function.index]
      let newStart = alignment.functions.startLines[function.index]
      let isPlaced = oldStart > 0 && newStart > 0
      let oldRows = Self.rows(oldLines, from: isPlaced ? oldStart : 0)
      let newRows = Self.rows(newLines, from: isPlaced ? newStart : 0)
      pairs -= min(oldRows.count &* newRows.count, LineAlignment.pairLimit)
      guard pairs > 0 else { break }
      var pairing = Pairing(
        old: oldRows, new: newRows, name: alignment.name(of: function), function: function,
        shift: isPlaced ? newStart &- oldStart : 0)
      if let match = contents.match(
        old: pairing.place(oldRows, alignment.baseFile(of: function), start: oldStart),
        new: pairing.place(newRows, alignment.file(of: function), start: newStart))
      {
        pairing.match(by: match)
      } else {
        pairing.matchByCalls()
      }
      add(pairing)
    }
    moves.readFileCount = contents.readFiles.count
  }

  private mutating func add(_ pairing: Pairing) {
    var taken = Set(pairing.new.map(\.line))
    taken.formUnion(pairing.partners.compactMap { $0?.line })
    var shift = pairing.shift
    for (row, partner) in zip(pairing.old, pairing.partners) {
      let line = row.line
      let key = FrameKey(function: pairing.function, line: line)
      if let partner {
        shift = partner.line &- line
        guard partner.line != line else { continue }
        shown[key] = partner.line
        moves.add(pairing.name, shown: partner.line, was: line, partner.reason)
        continue
      }
      // A number near its neighbours that no line of the newer build has.
      var free = line &+ shift
      for _ in 0..<1000 where taken.contains(free) { free &+= 1 }
      taken.insert(free)
      if free != line { shown[key] = free }
      moves.add(pairing.name, shown: free, was: line, .gone)
    }
  }

  private static func rows(
    _ lines: [Int64: [UInt32]], from start: Int64
  ) -> [Pairing.SampledLine] {
    lines.keys.sorted().map { line in
      Pairing.SampledLine(
        line: line,
        row: LineAlignment.Row(offset: line &- start, callees: (lines[line] ?? []).sorted()))
    }
  }
}

/// The lines of each function that samples stand on, with the functions that they call.
private struct CalledLines {
  private(set) var byFunction: [FunctionID: [Int64: [UInt32]]] = [:]
  /// What a line calls that costs something itself.
  private static let itself = UInt32.max
  private static let calleeLimit = 16
  /// So many frames tell well enough what lines call.
  private static let frameLimit = 4_000_000

  init(_ profile: Profile, _ ids: [FunctionID]) {
    let table = profile.locations
    for location in table.indices {
      var callee: FunctionID?
      for line in table.lines(of: LocationID(location)) {
        let function = ids[line.function.index]
        add(function, line.line, callee?.rawValue)
        callee = function
      }
    }
    var seen: Set<UInt64> = []
    var framesLeft = Self.frameLimit
    var cursor = StackCursor(profile.stacks)
    for stack in profile.stacks.indices {
      guard framesLeft > 0 else { break }
      var previous = LocationID.none
      cursor.move(to: stack)
      let locations = cursor.locations
      for position in locations.indices {
        framesLeft -= 1
        let location = locations[position]
        defer { previous = location }
        let pair = UInt64(previous.rawValue) << 32 | UInt64(location.rawValue)
        guard seen.insert(pair).inserted, let caller = table.lines(of: location).first else {
          continue
        }
        let callee = previous.isNone ? nil : table.lines(of: previous).last
        if callee == nil, !previous.isNone { continue }
        add(
          ids[caller.function.index], caller.line,
          callee.map { ids[$0.function.index].rawValue } ?? Self.itself)
      }
    }
  }

  private mutating func add(_ function: FunctionID, _ line: Int64, _ callee: UInt32?) {
    byFunction[function, default: [:]][line, default: []].add(callee, limit: Self.calleeLimit)
  }
}

extension [UInt32] {
  /// Adds the element unless it is there already, or the list is full.
  fileprivate mutating func add(_ element: UInt32?, limit: Int) {
    guard let element, count < limit, !contains(element) else { return }
    append(element)
  }
}
