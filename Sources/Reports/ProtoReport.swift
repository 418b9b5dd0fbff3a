import ProfileAnalysis
import ProfileModel

/// The profile after merging and filters, as a profile.
public struct ProtoReport: Report {
  public let name = "proto"
  public let summary = "The profile in pprof's compressed format"
  public let isBinary = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) {
    options.settle(nodeCount: 80, trims: false)
    options.granularity = .addresses
  }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    output.write(subject.environment.encode(profile(of: subject)))
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    RawReport().table(of: subject, profile: profile(of: subject), report: name)
  }

  /// The profile with its values divided as the options say.
  private func profile(of subject: ReportSubject) -> Profile {
    let profile = subject.profile.withoutInlined(subject.options)
    let ratio = subject.ratio
    guard ratio > 0, ratio != 1 else { return profile }
    let samples = profile.samples
    let values = samples.values.map { column in
      Column(column.lazy.map { Measurement.scaled($0, by: ratio) })
    }
    return profile.replacing(
      samples: SampleTable(
        stacks: samples.stacks, values: values, labelSets: samples.labelSetColumn))
  }
}
