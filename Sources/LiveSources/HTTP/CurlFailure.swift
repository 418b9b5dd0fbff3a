import CCurl

/// What libcurl's codes come to, in words that help.
struct CurlFailure {
  let error: LiveError

  static func timedOut(_ seconds: Double) -> LiveError {
    LiveError(
      .timeout, "no whole answer within \(Int(seconds.rounded())) s; --timeout=SECONDS allows more")
  }

  /// - Parameters:
  ///   - text: what libcurl says besides.
  ///   - received: the bytes of the body that came.
  ///   - timeout: the seconds that the exchange had.
  init(_ code: CURLcode, text: String, received: Int, timeout: Double) {
    let words = text.isEmpty ? String(cString: proftui_curl_error(code)) : text
    error =
      switch code {
      case CURLE_OPERATION_TIMEDOUT:
        words.lowercased().contains("connection time")
          ? LiveError(.timeout, "no connection within 10 s; is the address right?")
          : Self.timedOut(timeout)
      case CURLE_COULDNT_RESOLVE_HOST:
        LiveError(.transport, "no such host; check the name")
      case CURLE_COULDNT_RESOLVE_PROXY:
        LiveError(.transport, "no such proxy host; check http_proxy and https_proxy")
      case CURLE_COULDNT_CONNECT:
        LiveError(.transport, "cannot connect; is the server running, and the port right?")
      case CURLE_PARTIAL_FILE:
        LiveError(.transport, "the answer broke off after \(received) bytes")
      case CURLE_GOT_NOTHING:
        LiveError(.transport, "the server closed the connection without an answer")
      case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
        LiveError(.transport, "the connection was lost after \(received) bytes")
      case CURLE_PEER_FAILED_VERIFICATION:
        LiveError(
          .transport,
          "the server's certificate does not fit (\(Self.trimmed(words))); --tls_ca=FILE names its authority"
        )
      case CURLE_SSL_CACERT_BADFILE:
        LiveError(.transport, "the file of --tls_ca cannot be read as certificates")
      case CURLE_SSL_CERTPROBLEM:
        LiveError(
          .transport, "the client certificate cannot be used (\(Self.trimmed(words)))")
      case CURLE_SSL_CONNECT_ERROR:
        LiveError(
          .transport, "no secure connection (\(Self.trimmed(words))); does the server speak https?")
      // So it says of an answer that does not begin with a line of HTTP.
      case CURLE_UNSUPPORTED_PROTOCOL where words.contains("HTTP/0.9"):
        LiveError(.answer, "what answers there does not speak http")
      case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
        LiveError(.address, "not an address that can be fetched")
      case CURLE_WEIRD_SERVER_REPLY:
        LiveError(.answer, "what answers there does not speak http")
      case CURLE_BAD_CONTENT_ENCODING:
        LiveError(.answer, "the answer is not encoded as it says")
      default:
        LiveError(.transport, Self.trimmed(words))
      }
  }

  private static func trimmed(_ words: String) -> String {
    OneLine.of(words.prefix(1).lowercased() + words.dropFirst())
  }
}
