import CCurl

/// One request and its answer, without redirects.
struct CurlExchange {
  struct Outcome {
    let response: HTTPResponse
    /// Where the answer sends us.
    let redirect: String?
  }

  /// - Parameters:
  ///   - isAtHome: whether `url` is where the user sent us, so that credentials may be given.
  ///   - timeout: the seconds that are left.
  static func run(
    _ request: HTTPRequest, url: String, isAtHome: Bool, settings: HTTPSettings, timeout: Double,
    progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> Outcome {
    guard timeout > 0.001 else { throw CurlFailure.timedOut(request.timeout) }
    guard let handle = proftui_curl_new() else {
      throw LiveError(.transport, "out of memory")
    }
    defer { proftui_curl_free(handle) }
    let result = withoutActuallyEscaping(progress) {
      progress -> Result<Outcome, LiveError> in
      let answer = CurlAnswer(limit: settings.sizeLimit, progress: progress)
      return Result { () throws(LiveError) in
        var options = CurlOptions(handle)
        defer { options.free() }
        options.limit(to: timeout)
        options.address(url, request.address, settings)
        options.headers(request, isAtHome ? settings.credentials : nil)
        options.answer(answer)
        guard options.code == CURLE_OK else {
          throw LiveError(.transport, String(cString: proftui_curl_error(options.code)))
        }
        let code = withExtendedLifetime(answer) { proftui_curl_perform(handle) }
        if let reason = answer.refusal { throw reason }
        guard code == CURLE_OK else {
          throw CurlFailure(
            code, text: options.errorText, received: answer.body.count, timeout: request.timeout
          )
          .error
        }
        return answer.outcome(
          status: Int(proftui_curl_status(handle)),
          redirect: proftui_curl_redirect(handle).map { String(cString: $0) })
      }
    }
    return try result.get()
  }
}

/// What comes in of an answer.
private final class CurlAnswer {
  private(set) var body: [UInt8] = []
  /// Why we hung up.
  private(set) var refusal: LiveError?
  private var headers: [String: String] = [:]
  private var reason = ""
  private let limit: Int
  private let progress: (FetchProgress) -> Bool

  init(limit: Int, progress: @escaping (FetchProgress) -> Bool) {
    self.limit = limit
    self.progress = progress
  }

  /// - Returns: whether to go on.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= limit - body.count else {
      refusal = LiveError(
        .size, "the answer is larger than \(limit) bytes; --max_size=BYTES allows more")
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  func takeHeader(_ bytes: UnsafeRawBufferPointer) {
    let line = String(decoding: bytes.prefix(8192), as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      // A proxy's or an interim answer went before.
      headers = [:]
      reason = OneLine.of(line.split(separator: " ", maxSplits: 2).dropFirst(2).joined())
      return
    }
    guard headers.count < 200, let colon = line.firstIndex(of: ":") else { return }
    headers[line[..<colon].lowercased()] = OneLine.of(line[line.index(after: colon)...])
  }

  func goesOn(received: Int, expected: Int) -> Bool {
    guard progress(FetchProgress(received: received, expected: expected > 0 ? expected : nil))
    else {
      refusal = LiveError(.cancelled, "given up")
      return false
    }
    return true
  }

  func outcome(status: Int, redirect: String?) -> CurlExchange.Outcome {
    let response = HTTPResponse(status: status, reason: reason, headers: headers, body: body)
    let isRedirect = (300..<400).contains(status)
    return CurlExchange.Outcome(response: response, redirect: isRedirect ? redirect : nil)
  }

  static func at(_ context: UnsafeMutableRawPointer) -> CurlAnswer {
    Unmanaged<CurlAnswer>.fromOpaque(context).takeUnretainedValue()
  }
}

/// The options of a handle; the first that is refused is kept.
private struct CurlOptions {
  private let handle: UnsafeMutableRawPointer
  private var lines: UnsafeMutablePointer<curl_slist>?
  private let errorBuffer: UnsafeMutablePointer<CChar>
  private(set) var code = CURLE_OK

  init(_ handle: UnsafeMutableRawPointer) {
    self.handle = handle
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    set(CURLOPT_ERRORBUFFER, pointer: errorBuffer)
    set(CURLOPT_NOSIGNAL, 1)
  }

  func free() {
    proftui_curl_free_list(lines)
    errorBuffer.deallocate()
  }

  /// What libcurl says of a failure.
  var errorText: String { String(cString: errorBuffer) }

  mutating func limit(to seconds: Double) {
    set(CURLOPT_TIMEOUT_MS, Int(min(max(seconds, 0.001), 1e6) * 1000))
    set(CURLOPT_CONNECTTIMEOUT_MS, 10_000)
  }

  mutating func address(_ url: String, _ address: LiveAddress, _ settings: HTTPSettings) {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_URL, url)
    if let socket = address.socket { set(CURLOPT_UNIX_SOCKET_PATH, socket) }
    // As Go has it: no proxy knows the way back to this machine.
    if address.isLoopback { set(CURLOPT_PROXY, "") }
    if settings.isInsecure || !address.verifiesPeer {
      set(CURLOPT_SSL_VERIFYPEER, 0)
      set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    if !settings.authorityFile.isEmpty { set(CURLOPT_CAINFO, settings.authorityFile) }
    if !settings.certificateFile.isEmpty { set(CURLOPT_SSLCERT, settings.certificateFile) }
    if !settings.keyFile.isEmpty { set(CURLOPT_SSLKEY, settings.keyFile) }
  }

  /// - Parameter credentials: nil where none may be given.
  mutating func headers(_ request: HTTPRequest, _ credentials: Credentials?) {
    set(CURLOPT_USERAGENT, "proftui")
    set(CURLOPT_ACCEPT_ENCODING, "gzip")
    for header in request.headers { add("\(header.name): \(header.value)") }
    if case .post(let body, let type) = request.method {
      add("Content-Type: \(type)")
      set(CURLOPT_POST, 1)
      code = code == CURLE_OK ? copyBody(body) : code
    }
    if let credentials { identify(request.address, credentials) }
    if let lines { set(CURLOPT_HTTPHEADER, pointer: lines) }
  }

  private func copyBody(_ body: [UInt8]) -> CURLcode {
    let size = proftui_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    guard size == CURLE_OK else { return size }
    return body.withUnsafeBytes {
      proftui_curl_set_pointer(
        handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
  }

  private mutating func identify(_ address: LiveAddress, _ credentials: Credentials) {
    if let user = address.user ?? credentials.user {
      set(CURLOPT_USERNAME, user)
      set(CURLOPT_PASSWORD, (address.user == nil ? credentials.password : address.password) ?? "")
    } else if let token = credentials.token {
      add("Authorization: Bearer \(token)")
    } else if credentials.usesNetrc {
      set(CURLOPT_NETRC, Int(CURL_NETRC_OPTIONAL.rawValue))
    }
    if let tenant = credentials.tenant { add("X-Scope-OrgID: \(tenant)") }
    for line in credentials.headerLines { add(line) }
  }

  /// - Parameter answer: has to live until the exchange is over.
  mutating func answer(_ answer: CurlAnswer) {
    let context = Unmanaged.passUnretained(answer).toOpaque()
    keep(
      proftui_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        guard let context else { return 0 }
        let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return CurlAnswer.at(context).take(bytes) ? size * count : 0
      })
    set(CURLOPT_WRITEDATA, pointer: context)
    keep(
      proftui_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) {
        bytes, size, count, context in
        guard let context else { return 0 }
        let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
        CurlAnswer.at(context).takeHeader(bytes)
        return size * count
      })
    set(CURLOPT_HEADERDATA, pointer: context)
    keep(
      proftui_curl_set_progress_callback(handle) { context, expected, received, _, _ in
        guard let context else { return 1 }
        let goesOn = CurlAnswer.at(context).goesOn(
          received: Int(received), expected: Int(expected))
        return goesOn ? 0 : 1
      })
    set(CURLOPT_XFERINFODATA, pointer: context)
    set(CURLOPT_NOPROGRESS, 0)
  }

  private mutating func add(_ line: String) {
    // A line break would begin a header of somebody else's choice.
    let line = line.filter { !$0.isNewline && $0 != "\0" }
    guard let longer = proftui_curl_append(lines, line) else {
      code = CURLE_OUT_OF_MEMORY
      return
    }
    lines = longer
  }

  private mutating func set(_ option: CURLoption, _ value: Int) {
    keep(proftui_curl_set_long(handle, option, value))
  }

  private mutating func set(_ option: CURLoption, _ text: String) {
    keep(proftui_curl_set_text(handle, option, text))
  }

  private mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) {
    keep(proftui_curl_set_pointer(handle, option, pointer))
  }

  private mutating func keep(_ result: CURLcode) {
    if code == CURLE_OK { code = result }
  }
}
