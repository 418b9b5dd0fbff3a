import ProfileModel

extension LineShift {
  /// The lines of one function in both builds, and which are the same.
  struct Pairing {
    /// A line that samples stand on.
    struct SampledLine {
      let line: Int64
      let row: LineAlignment.Row
    }

    /// The line of the newer build that one of the older became.
    struct Partner {
      let line: Int64
      let reason: LineMoves.Reason
    }

    let old: [SampledLine]
    let new: [SampledLine]
    let name: String
    let function: FunctionID
    /// By how much the function's first line moved; 0 where that is not known.
    let shift: Int64
    /// For each of `old`, what it became; nil where it is gone.
    private(set) var partners: [Partner?]

    init(
      old: [SampledLine], new: [SampledLine], name: String, function: FunctionID, shift: Int64
    ) {
      self.old = old
      self.new = new
      self.name = name
      self.function = function
      self.shift = shift
      partners = Array(repeating: nil, count: old.count)
    }

    /// Where the function stands, as far as samples and its first line tell.
    func place(_ rows: [SampledLine], _ file: String, start: Int64) -> LineContents.Place {
      let (first, last) = (rows.first?.line ?? 0, rows.last?.line ?? 0)
      return LineContents.Place(file: file, start: start, sampled: min(first, last)...last)
    }

    /// Without texts: by what lines call, and by how far those beside them moved.
    mutating func matchByCalls() {
      let found = LineAlignment.match(old.map(\.row), new.map(\.row))
      for (index, partner) in found.enumerated() {
        guard let partner else { continue }
        let line = new[partner].line
        partners[index] = Partner(
          line: line, reason: line &- old[index].line == shift ? .sameOffset : .calls)
      }
    }

    /// With the texts of both: lines that are the same are one. What changed in between is matched by
    /// what it calls, and else by how far it stands from the nearest line that did not change.
    mutating func match(by match: LineContents.Match) {
      for (index, row) in old.enumerated() {
        guard let line = match.unchanged[row.line] else { continue }
        partners[index] = Partner(line: line, reason: .sameText)
      }
      let images = Set(match.unchanged.values)
      for gap in gaps(match.unchanged) {
        let mine = old.indices.filter { gap.old.holds(old[$0].line) && partners[$0] == nil }
        guard !mine.isEmpty else { continue }
        let theirs = new.indices.filter {
          gap.new.holds(new[$0].line) && !images.contains(new[$0].line)
        }
        var taken: Set<Int64> = []
        let found = LineAlignment.match(mine.map { old[$0].row }, theirs.map { new[$0].row })
        for (offset, partner) in found.enumerated() {
          guard let partner, old[mine[offset]].row.sharesCallee(with: new[theirs[partner]].row)
          else { continue }
          let line = new[theirs[partner]].line
          partners[mine[offset]] = Partner(line: line, reason: .changedText)
          taken.insert(line)
        }
        let onlyNew = match.onlyNew.filter { gap.new.holds($0) }
        for index in mine where partners[index] == nil {
          guard let line = gap.nearest(old[index].line, among: onlyNew), !taken.contains(line)
          else { continue }
          partners[index] = Partner(line: line, reason: .changedText)
          taken.insert(line)
        }
      }
    }

    /// What lies between two lines that did not change.
    private struct Gap {
      let old, new: Bounds

      /// The line of `lines` that is as far from the nearer end as the older one was.
      func nearest(_ line: Int64, among lines: [Int64]) -> Int64? {
        let isNearStart = old.end.map { line &- (old.start ?? 0) <= $0 &- line } ?? true
        let wanted: Int64
        if isNearStart, let (mine, theirs) = both(old.start, new.start) {
          wanted = line &- mine &+ theirs
        } else if let (mine, theirs) = both(old.end, new.end) {
          wanted = line &- mine &+ theirs
        } else {
          return nil
        }
        return lines.min { ($0 &- wanted).magnitude < ($1 &- wanted).magnitude }
      }

      private func both(_ left: Int64?, _ right: Int64?) -> (Int64, Int64)? {
        guard let left, let right else { return nil }
        return (left, right)
      }
    }

    /// The lines beside a gap; nil at the ends of the function.
    private struct Bounds {
      let start, end: Int64?

      func holds(_ line: Int64) -> Bool {
        line > start ?? .min && line < end ?? .max
      }
    }

    private func gaps(_ unchanged: [Int64: Int64]) -> [Gap] {
      let fixed = unchanged.sorted { $0.key < $1.key }
      var gaps: [Gap] = []
      for index in 0...fixed.count {
        let before = index > 0 ? fixed[index - 1] : nil
        let after = index < fixed.count ? fixed[index] : nil
        gaps.append(
          Gap(
            old: Bounds(start: before?.key, end: after?.key),
            new: Bounds(start: before?.value, end: after?.value)))
      }
      return gaps
    }
  }
}

extension LineAlignment.Row {
  /// Whether both call one function, or cost something themselves.
  fileprivate func sharesCallee(with other: LineAlignment.Row) -> Bool {
    callees.contains { other.callees.contains($0) }
  }
}
