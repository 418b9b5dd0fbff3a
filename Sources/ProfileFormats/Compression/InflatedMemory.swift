#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory that compressed input is inflated into, given back when it goes.
///
/// Of 4 MiB or more, pages take memory only once they are written, so that room may be made
/// generously.
final class InflatedMemory {
  private let base: UnsafeMutableRawPointer
  /// Bytes that may be written from the start on.
  let capacity: Int
  /// Bytes from the start on that hold data.
  var count = 0
  private let mappedSize: Int
  /// Bytes from the start on whose memory was given back.
  private var released = 0

  init(capacity: Int) throws(ProfileDecodingError) {
    let page = 4096
    guard capacity >= 0, capacity < Int.max - page else { throw .outOfMemory(bytes: capacity) }
    let size = max((capacity + page - 1) & ~(page - 1), page)
    // What is small has its pages at once: faulting them in one by one would cost more.
    let isSmall = size < 4 << 20
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (isSmall ? MAP_POPULATE : 0)
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let memory, memory != UnsafeMutableRawPointer(bitPattern: -1) else {
      throw .outOfMemory(bytes: capacity)
    }
    // Faulting in one page of 2 MiB costs a fraction of what 512 small ones do. Advice, no more.
    if !isSmall { madvise(memory, size, Int32(MADV_HUGEPAGE)) }
    base = memory
    self.capacity = capacity
    mappedSize = size
  }

  deinit { munmap(base, mappedSize) }

  /// Calls `body` with what has been written.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Calls `body` with the room that is left.
  func withFree<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
    defer { withExtendedLifetime(self) {} }
    return body(UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count))
  }

  /// Gives back what lies before `offset`: it reads as zeros from now on.
  func release(upTo offset: Int) {
    let hugePage = 2 << 20
    let start = (Int(bitPattern: base) + released + hugePage - 1) & ~(hugePage - 1)
    let end = (Int(bitPattern: base) + min(offset, count)) & ~(hugePage - 1)
    guard end > start, let memory = UnsafeMutableRawPointer(bitPattern: start) else { return }
    madvise(memory, end - start, MADV_DONTNEED)
    released = end - Int(bitPattern: base)
  }

  /// A larger memory with the same contents.
  func grown(to capacity: Int) throws(ProfileDecodingError) -> InflatedMemory {
    let larger = try InflatedMemory(capacity: capacity)
    withBytes { bytes in larger.withFree { $0.copyMemory(from: bytes) } }
    larger.count = count
    return larger
  }
}
