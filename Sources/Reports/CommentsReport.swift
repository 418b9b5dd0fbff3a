/// The comments in the profile, a line each.
public struct CommentsReport: Report {
  public let name = "comments"
  public let summary = "The comments in the profile"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    for comment in subject.profile.header.comments { output.writeLine(comment) }
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    var table = ReportTable(of: subject, report: name, columns: ["comment"])
    for comment in subject.profile.header.comments { table.append([.text(comment)]) }
    return table
  }
}
