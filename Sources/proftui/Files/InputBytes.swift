import Glibc

/// The bytes of a file or of standard input, mapped or read.
final class InputBytes {
  private let memory: UnsafeMutableRawPointer?
  private let count: Int
  private let isMapped: Bool
  private var isReleased = false
  /// Bytes from the start on whose memory was given back for now.
  private var passedCount = 0

  private init(memory: UnsafeMutableRawPointer?, count: Int, isMapped: Bool) {
    self.memory = memory
    self.count = count
    self.isMapped = isMapped
  }

  /// Gives the memory back before its time: the bytes must not be read any more, and are zeros where
  /// they do not come from a file.
  func release() {
    guard !isReleased, let memory else { return }
    isReleased = true
    let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = (Int(bitPattern: memory) + pageSize - 1) / pageSize * pageSize
    let end = (Int(bitPattern: memory) + count) / pageSize * pageSize
    // Only whole pages: what the allocator keeps around the bytes has to stay.
    if start < end {
      madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_DONTNEED)
    }
  }

  /// Gives the memory of what lies before `offset` back, which is read from the file again by who still
  /// needs it; nothing where the bytes do not come from a file.
  func pass(_ offset: Int) {
    let start = passedCount
    // The mapping starts with a page, and so does each part of it that was passed.
    let end = min(offset, count) & ~(Self.passedAtOnce - 1)
    guard isMapped, !isReleased, start < end, let memory else { return }
    madvise(memory + start, end - start, MADV_DONTNEED)
    passedCount = end
  }

  /// Bytes, of which a page is no larger part.
  private static let passedAtOnce = 1 << 20

  deinit {
    if isMapped { munmap(memory, count) } else { free(memory) }
  }

  /// Calls `body` with the bytes.
  func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// The bytes at `path`, or of standard input where it is `-`.
  ///
  /// - Parameter limit: larger inputs are refused.
  static func read(_ path: String, limit: Int) throws(CommandFailure) -> InputBytes {
    if path == "-" { return try read(descriptor: STDIN_FILENO, name: path, limit: limit) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CommandFailure(path, hint(for: errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw CommandFailure(path, hint(for: errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      throw CommandFailure(path, "is a directory; give a profile in it")
    case S_IFREG where status.st_size > 0:
      let size = Int(status.st_size)
      guard size <= limit else { throw tooLarge(path, limit: limit) }
      let flags = MAP_PRIVATE
      if let memory = mmap(nil, size, PROT_READ, flags, descriptor, 0), memory != MAP_FAILED {
        return InputBytes(memory: memory, count: size, isMapped: true)
      }
    default: break
    }
    return try read(descriptor: descriptor, name: path, limit: limit)
  }

  /// The first bytes of the file; empty where it cannot be read.
  static func prefix(of path: String, count: Int) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, Glibc.read(descriptor, buffer.baseAddress, count))
    }
  }

  private static func read(
    descriptor: Int32, name: String, limit: Int
  ) throws(CommandFailure) -> InputBytes {
    var capacity = 1 << 16
    var count = 0
    guard var memory = malloc(capacity) else { throw CommandFailure(name, "out of memory") }
    while true {
      if count == capacity {
        capacity += capacity / 2
        guard let larger = realloc(memory, capacity) else {
          free(memory)
          throw CommandFailure(name, "out of memory")
        }
        memory = larger
      }
      let got = Glibc.read(descriptor, memory + count, capacity - count)
      if got < 0 && errno == EINTR { continue }
      if got < 0 {
        let code = errno
        free(memory)
        throw CommandFailure(name, hint(for: code))
      }
      if got == 0 { break }
      count += got
      guard count <= limit else {
        free(memory)
        throw tooLarge(name, limit: limit)
      }
    }
    return InputBytes(memory: memory, count: count, isMapped: false)
  }

  private static func tooLarge(_ name: String, limit: Int) -> CommandFailure {
    CommandFailure(name, "larger than \(limit) bytes; --max-size=BYTES allows more")
  }

  private static func hint(for code: Int32) -> String {
    switch code {
    case ENOENT: "no such file; check the path"
    case EACCES, EPERM: "permission denied; check who may read it"
    default: systemMessage(code)
    }
  }

  /// The system's words for an error code, lower-case at the start.
  static func systemMessage(_ code: Int32) -> String {
    let words = String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
