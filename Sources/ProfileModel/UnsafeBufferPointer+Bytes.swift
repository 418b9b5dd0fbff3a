#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension UnsafeBufferPointer where Element: BitwiseCopyable {
  /// Whether both have the same bytes: for elements without padding, whether they are equal.
  package func hasSameBytes(as other: UnsafeBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    // As many bytes as both have.
    return memcmp(base, otherBase, count &* MemoryLayout<Element>.stride) == 0
  }
}
