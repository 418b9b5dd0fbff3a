import JSONReading

/// What stores say when they do not answer a query.
enum StoreErrors {
  /// The message in an answer that is an error: `{"code": …, "message": …}`, which may hold another
  /// such error as text.
  static func message(in body: [UInt8]) -> String? {
    var text: String?
    var bytes = body
    for _ in 0..<4 {
      guard let value = JSONDocument(bytes)?.value, let message = value["message"].text else {
        break
      }
      text = message
      bytes = Array(message.utf8)
    }
    return text.map { OneLine.of($0) }
  }

  /// What to say of an answer with a status that is not 200.
  static func error(_ response: HTTPResponse, server: String) -> LiveError {
    if let message = message(in: response.body) {
      return LiveError(.answer, "\(server) says: \(message)\(hint(response.status))")
    }
    let reason = response.reason.isEmpty ? "" : " \(response.reason)"
    return LiveError(
      .answer, "\(server) answers \(response.status)\(reason)\(hint(response.status))")
  }

  private static func hint(_ status: Int) -> String {
    switch status {
    case 401:
      "; PROFTUI_TOKEN, or PROFTUI_USERNAME and PROFTUI_PASSWORD, say who you are, PROFTUI_TENANT for whom"
    case 404: "; is this its address, with the whole prefix?"
    case 503: "; it may be starting"
    default: ""
    }
  }
}
