import Reports

/// Something to be written to a file, whole or not at all.
package final class WriteRequest: Sendable {
  /// The file as the user named it; `~/` stands for the home folder.
  package let path: String
  /// Whether a file of that name may be there already.
  package let overwrites: Bool
  /// Writes what is to be in the file.
  package let body: @Sendable (ReportEnvironment, inout OutputBuffer) throws(Failure) -> Void

  init(
    path: String, overwrites: Bool = false,
    body: @escaping @Sendable (ReportEnvironment, inout OutputBuffer) throws(Failure) -> Void
  ) {
    self.path = path
    self.overwrites = overwrites
    self.body = body
  }

  /// The same, in the place of a file that is there.
  func overwriting() -> WriteRequest { WriteRequest(path: path, overwrites: true, body: body) }
}

extension WriteRequest: Hashable {
  package static func == (left: WriteRequest, right: WriteRequest) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
