extension CellGrid {
  /// The grid as text: its size, its rows between bars, then for each row the runs of columns that
  /// are not plain.
  ///
  ///     12x2
  ///     | FLAT  NAME |
  ///     |> 4.0  main |
  ///     0: 1-4 columnHead, 7-10 columnHead
  ///     1: 0-1 selected plain, 2-4 selected number, 5-11 selected plain
  ///
  /// Independent of the palette, so that what is compared is what is read and what it means.
  package func dump() -> String {
    var lines = ["\(size)"]
    lines += (0..<size.rows).map { "|\(text(row: $0))|" }
    lines += (0..<size.rows).compactMap(styleLine)
    return lines.joined(separator: "\n") + "\n"
  }

  private func styleLine(row: Int) -> String? {
    var runs: [(columns: ClosedRange<Int>, style: Style)] = []
    for (column, cell) in self.row(row).enumerated() {
      if let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].columns = last.columns.lowerBound...column
      } else {
        runs.append((column...column, cell.style))
      }
    }
    let texts = runs.filter { $0.style != .plain }.map { run in
      let (first, last) = (run.columns.lowerBound, run.columns.upperBound)
      return "\(first == last ? "\(first)" : "\(first)-\(last)") \(run.style)"
    }
    return texts.isEmpty ? nil : "\(row): \(texts.joined(separator: ", "))"
  }
}
