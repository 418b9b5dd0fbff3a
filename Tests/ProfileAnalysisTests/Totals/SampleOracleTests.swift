import Foundation
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Testing

/// The shipped profiles, and what `go tool pprof` printed of them.
struct SampleOracleTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Samples")

  /// Profiles of which a plain top report was printed, and the report.
  private static let tops: [[String]] = {
    let manifest = folder.appending(path: "oracles/manifest.tsv")
    let text = (try? String(contentsOf: manifest, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { row in
      let fields = row.split(separator: "\t").map(String.init)
      let words = fields[1].split(separator: " ").map(String.init)
      guard words.count == 2, words[0] == "-top", words[1].hasPrefix("go/") else { return nil }
      return [words[1], fields[2]]
    }
  }()

  private func profile(_ path: String) throws -> Profile {
    let bytes = try Data(contentsOf: Self.folder.appending(path: path))
    return try bytes.withUnsafeBytes { try ProfileFormats.decode($0) }
  }

  private func shownValues(_ profile: Profile) throws -> (values: Column<Int64>, unit: String) {
    let index = try SampleTypeSelection.index(named: "", in: profile.header)
    return (profile.samples.values[index], profile.header.sampleTypes[index].unit)
  }

  @Test func `there are samples with oracles`() { #expect(Self.tops.count >= 10) }

  @Test(arguments: tops) func `every row has the numbers that pprof printed`(
    top: [String]
  ) throws {
    let profile = try profile(top[0])
    let (values, unit) = try shownValues(profile)
    let nodes = NodeTable(profile, granularity: .functions)
    let totals = NodeTotals.compute(profile, nodes: nodes, values: values)
    var nodesByName: [String: Int] = [:]
    for node in nodes.indices { nodesByName[nodes.printableName(of: NodeID(node))] = node }

    let oracle = Self.folder.appending(path: top[1])
    let lines = try String(contentsOf: oracle, encoding: .utf8).split(separator: "\n")
    let header = try #require(lines.firstIndex { $0.hasPrefix("      flat  flat%") })
    let rows = try lines[(header + 1)...].map { line in
      let words = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      let name = words[5].trimmingCharacters(in: .whitespaces)
        .replacing(" (inline)", with: "").replacing(" (partial-inline)", with: "")
      return (words, try #require(nodesByName[name], "\(name)"))
    }
    let smallest = rows.map(\.1).map { node in
      (totals.flat[node] == 0 ? totals.cumulative[node] : totals.flat[node]).magnitude
    }
    let common = Measurement.commonUnit(
      minimum: Int64(smallest.filter { $0 > 0 }.min() ?? 0), maximum: totals.total, unit: unit)
    for (words, node) in rows {
      let (flat, cumulative) = (totals.flat[node], totals.cumulative[node])
      #expect(words[0] == Measurement.scaledLabel(flat, from: unit, to: common))
      #expect(words[3] == Measurement.scaledLabel(cumulative, from: unit, to: common))
      #expect(Measurement.percentage(flat, of: totals.total).hasSuffix(words[1]))
      #expect(Measurement.percentage(cumulative, of: totals.total).hasSuffix(words[4]))
    }
  }

  @Test(arguments: tops) func `trees add up to the totals`(top: [String]) throws {
    let profile = try profile(top[0])
    let values = try shownValues(profile).values
    for granularity in Granularity.allCases {
      let nodes = NodeTable(profile, granularity: granularity)
      let totals = NodeTotals.compute(profile, nodes: nodes, values: values)
      let inverted = CallTree(
        profile, nodes: nodes, values: values, options: CallTreeOptions(isInverted: true))
      var flat = [Int64](repeating: 0, count: nodes.count)
      for leaf in inverted.children(of: .root) {
        flat[inverted.node(of: leaf).index] = inverted.cumulative(of: leaf)
      }
      #expect(flat == Array(totals.flat))

      let tree = CallTree(profile, nodes: nodes, values: values)
      var (flatSum, pending) = (Int64(0), [CallTreeID.root])
      while let id = pending.popLast() {
        flatSum += tree.flat(of: id)
        pending += tree.children(of: id)
      }
      #expect(flatSum == tree.cumulative(of: .root))
      #expect(flatSum == values.reduce(0, +))
    }
  }
}
