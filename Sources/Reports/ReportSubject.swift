import ProfileAnalysis
import ProfileModel

/// What a report is about: a profile after all filters, and how to measure it.
///
/// Made by `ReportSubject.prepare`; a report only reads it.
public struct ReportSubject: Sendable {
  public let profile: Profile
  /// The profile before all filters.
  public let loaded: Profile
  /// The profiles to look at one after the other, oldest first, before all filters.
  public let snapshots: [Profile]
  /// The options, with what the report changes about them.
  public let options: ReportOptions
  public let weights: GraphWeights
  /// What is measured, as `inuse_space` or `mean_delay`.
  public let sampleType: String
  /// The unit of the values, as the profile spells it.
  public let unit: String
  /// What percentages are of.
  public let total: Int64
  /// What the report was asked for, for those that take a pattern.
  public let pattern: Pattern?
  /// The unit of each numeric label, from before filters.
  public let labelUnits: LabelUnits
  public let environment: ReportEnvironment
  /// The index of the sample type.
  public let typeIndex: Int
  /// The two profiles that the samples are of, for reports that compare; nil where there is one only.
  public let comparison: ProfileComparison?

  var measure: ReportMeasure {
    ReportMeasure(sampleType: sampleType, unit: unit, total: total)
  }

  /// What printed values are multiplied by.
  var ratio: Double { 1 / options.divideBy }

  /// Prints values in `outputUnit`.
  func numbers(in outputUnit: String) -> ReportNumbers {
    ReportNumbers(unit: unit, outputUnit: outputUnit, ratio: ratio, total: total)
  }

  /// The node table of the report's granularity.
  func nodeTable(keepsObjectFiles: Bool = false, trimsPaths: Bool = true) -> NodeTable {
    var nodeOptions = NodeOptions()
    nodeOptions.mergesInlined = options.noInlines
    nodeOptions.keepsColumns = options.showColumns
    nodeOptions.keepsObjectFiles = keepsObjectFiles
    nodeOptions.keepsFilePaths = !trimsPaths
    if trimsPaths {
      nodeOptions.trimPath = options.trimPath
      nodeOptions.sourcePath = options.sourcePath
    }
    return NodeTable(profile, granularity: options.granularity, options: nodeOptions)
  }

  /// How a graph is cut down.
  func limits(order: GraphOrder? = nil) -> GraphLimits {
    var limits = GraphLimits()
    limits.nodeCount = max(options.nodeCount, 0)
    limits.nodeFraction = options.nodeFraction
    limits.edgeFraction = options.edgeFraction
    limits.order = order ?? (options.sort == .cum ? .cumulative : .flat)
    limits.dropsNegative = options.dropNegative
    return limits
  }

  /// The graph that text reports show.
  func graph(_ demand: GraphDemand) -> CallGraph {
    CallGraph.trimmed(
      profile, table: nodeTable(), weights: weights, limits: limits(), demand: demand)
  }

  /// The unit in which all values of the graph are printed.
  ///
  /// - Parameter prefersLarger: whether the smallest may print with a fraction.
  func outputUnit(for graph: CallGraph, prefersLarger: Bool = true) -> String {
    guard options.unit == "minimum", !graph.entries.isEmpty else { return options.unit }
    var minimum: Int64 = 0
    for entry in graph.entries {
      let flat = magnitude(graph.totals.flatValue(entry))
      let value = flat == 0 ? magnitude(graph.totals.cumulativeValue(entry)) : flat
      if value > 0, minimum == 0 || value < minimum { minimum = value }
    }
    return Measurement.commonUnit(
      minimum: minimum, maximum: total, unit: unit, ratio: ratio, prefersLarger: prefersLarger)
  }

  private func magnitude(_ value: Int64) -> Int64 { value < 0 ? 0 &- value : value }
}

/// Prints the values of a report.
struct ReportNumbers {
  private let formatter: ValueFormatter
  private let ratio: Double
  let total: Int64

  init(unit: String, outputUnit: String, ratio: Double, total: Int64) {
    formatter = ValueFormatter(from: unit, to: outputUnit)
    self.ratio = ratio
    self.total = total
  }

  /// The value with its unit, divided as the options say.
  func label(_ value: Int64) -> String { formatter.label(divided(value)) }

  /// The value as a number of the output unit. Not divided.
  func scaled(_ value: Int64) -> Int64 {
    Int64(exactly: formatter.scale(value).value.rounded(.towardZero)) ?? .min
  }

  /// The share of the total, as ` 7.25%`.
  func share(_ value: Int64) -> String { Measurement.percentage(value, of: total) }

  /// The share of the total without blanks.
  func trimmedShare(_ value: Int64) -> String { String(share(value).drop { $0 == " " }) }

  private func divided(_ value: Int64) -> Int64 {
    ratio > 0 && ratio != 1 ? Measurement.scaled(value, by: ratio) : value
  }
}
