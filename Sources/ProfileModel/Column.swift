public import CMemory

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// An immutable run of plain values that many may share: the unit a profile is made of.
///
/// Elements are bitwise copyable, so that a column costs nothing to free and is never walked to
/// count references. Loops over many elements take `span` once: reading through it is checked
/// against its bounds and costs no reference counting. Made by `ColumnBuilder`, or from an array.
public struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection,
  @unchecked Sendable
{
  // The memory is written by the builder alone, before the column exists, hence `Sendable`.
  @usableFromInline let storage: ColumnStorage?
  @usableFromInline let base: UnsafePointer<Element>?
  public let count: Int

  @inlinable public init() {
    storage = nil
    base = nil
    count = 0
  }

  /// Takes over `storage`, of which the first `count` elements are initialized.
  @usableFromInline init(storage: ColumnStorage, count: Int) {
    self.storage = storage
    self.base = UnsafePointer(storage.memory.assumingMemoryBound(to: Element.self))
    self.count = count
  }

  /// A copy of the elements of `elements`.
  @inlinable public init(_ elements: some Collection<Element>) {
    var builder = ColumnBuilder<Element>(capacity: elements.count)
    for element in elements { builder.append(element) }
    self = builder.finish()
  }

  /// `count` times `element`.
  @inlinable public init(repeating element: Element, count: Int) {
    var builder = ColumnBuilder<Element>(capacity: count)
    builder.append(repeating: element, count: count)
    self = builder.finish()
  }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }

  @inlinable public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "column index out of range")
    // In bounds by the line above; `base` is nil only where `count` is 0.
    return base.unsafelyUnwrapped[position]
  }

  /// Whether the columns are one and the same memory, and so equal. False says nothing.
  public func isSame(as other: Column) -> Bool {
    storage === other.storage && base == other.base && count == other.count
  }

  /// The elements but for the first one, in the same memory.
  ///
  /// - Precondition: there is one.
  func withoutFirst() -> Column { Column(withoutFirstOf: self) }

  private init(withoutFirstOf other: Column) {
    precondition(other.count > 0, "no element to leave out")
    storage = other.storage
    base = other.base.map { $0 + 1 }
    count = other.count - 1
  }

  /// The elements for a loop: checked access without reference counting.
  @inlinable public var span: Span<Element> {
    @_lifetime(borrow self)
    borrowing get {
      // `base` holds `count` initialized elements for as long as `storage` lives, which `self` keeps.
      let span = UnsafeBufferPointer(start: base, count: count).span
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Has the processor fetch an element while it goes on: who needs many that lie far apart, and first
  /// says which, does not wait for each of them.
  ///
  /// - Parameter position: any: where there is no element, nothing happens.
  @inlinable @inline(__always) public func fetchAhead(_ position: Int) {
    // The address is computed and given to the processor, but never read here.
    if let base { proftui_fetch_ahead(base + position) }
  }

  @inlinable public func withContiguousStorageIfAvailable<R>(
    _ body: (UnsafeBufferPointer<Element>) throws -> R
  ) rethrows -> R? {
    try withExtendedLifetime(storage) { try body(UnsafeBufferPointer(start: base, count: count)) }
  }
}

extension Column: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Column: Equatable where Element: Equatable {
  public static func == (left: Column, right: Column) -> Bool { left.elementsEqual(right) }
}

/// Owns the memory of a column.
@usableFromInline final class ColumnStorage: @unchecked Sendable {
  @usableFromInline let memory: UnsafeMutableRawPointer

  @usableFromInline init(memory: UnsafeMutableRawPointer) { self.memory = memory }
  deinit { free(memory) }
}

/// A column while it is written.
///
/// Large blocks grow by moving pages, not by copying: memory in use never exceeds what the column
/// holds by much, whatever its final size. Not copyable, so that its fields cost no exclusivity check.
public struct ColumnBuilder<Element: BitwiseCopyable & Sendable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  public private(set) var count = 0

  /// - Parameter capacity: elements to make room for; more are accepted.
  public init(capacity: Int = 0) {
    self.capacity = Swift.max(capacity, 8)
    self.base = Self.allocate(nil, self.capacity)
  }

  deinit { free(base) }

  @inlinable public mutating func append(_ element: Element) {
    if count == capacity { grow(to: count &+ 1) }
    base[count] = element  // count < capacity by the line above
    setCount(count &+ 1)
  }

  public mutating func append(repeating element: Element, count extra: Int) {
    precondition(extra >= 0, "negative count")
    reserve(extra)
    (base + count).initialize(repeating: element, count: extra)
    count &+= extra
  }

  public mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress, !elements.isEmpty else { return }
    reserve(elements.count)
    (base + count).update(from: start, count: elements.count)
    count &+= elements.count
  }

  public mutating func append(contentsOf elements: borrowing Column<Element>) {
    elements.withContiguousStorageIfAvailable { append(contentsOf: $0) }
  }

  /// Makes room for `extra` more elements.
  @inlinable public mutating func reserve(_ extra: Int) {
    if extra > capacity &- count { grow(to: count &+ extra) }
  }

  /// Appends what `body` writes: it is given room for `extra` elements and returns how many it wrote.
  @inlinable public mutating func append<E: Error>(
    upTo extra: Int, _ body: (UnsafeMutablePointer<Element>) throws(E) -> Int
  ) throws(E) {
    reserve(extra)
    let written = try body(base + count)
    precondition(written >= 0 && written <= extra, "more elements written than room was made for")
    setCount(count &+ written)
  }

  @inlinable public subscript(position: Int) -> Element {
    get {
      precondition(position >= 0 && position < count, "column index out of range")
      return base[position]
    }
    set {
      precondition(position >= 0 && position < count, "column index out of range")
      base[position] = newValue
    }
  }

  /// Has the processor fetch an element while it goes on; see `Column.fetchAhead(_:)`.
  @inlinable @inline(__always) public func fetchAhead(_ position: Int) {
    // The address is computed and given to the processor, but never read here.
    proftui_fetch_ahead(base + position)
  }

  /// Calls `body` with `count` elements from the one at `start` on.
  public func withElements<R>(
    from start: Int, count: Int, _ body: (UnsafeBufferPointer<Element>) throws -> R
  ) rethrows -> R {
    precondition(start >= 0 && count >= 0 && start <= self.count - count, "range out of column")
    return try body(UnsafeBufferPointer(start: base + start, count: count))
  }

  /// Calls `body` with the elements, to be changed in place: checked access whose bounds stay in
  /// registers.
  @inlinable public mutating func withMutableSpan<R>(
    _ body: (inout MutableSpan<Element>) throws -> R
  ) rethrows -> R {
    // `base` holds `count` initialized elements, and nobody else has it while `body` runs.
    var span = UnsafeMutableBufferPointer(start: base, count: count).mutableSpan
    return try body(&span)
  }

  /// Forgets all elements from `count` on.
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "a column can only be cut shorter")
    self.count = count
  }

  /// The column; memory beyond its last element is given back.
  public consuming func finish() -> Column<Element> {
    let count = self.count
    let trimmed = Self.allocate(base, Swift.max(count, 1))
    base = Self.allocate(nil, 1)  // what is left for `deinit`
    return Column(storage: ColumnStorage(memory: UnsafeMutableRawPointer(trimmed)), count: count)
  }

  @usableFromInline mutating func setCount(_ count: Int) { self.count = count }

  @usableFromInline @inline(never) mutating func grow(to needed: Int) {
    capacity = Swift.max(needed, capacity + capacity / 2)
    base = Self.allocate(base, capacity)
  }

  private static func allocate(
    _ old: UnsafeMutablePointer<Element>?, _ capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let (size, overflow) = capacity.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    precondition(!overflow, "column too large")
    guard let memory = realloc(old, size) else { fatalError("out of memory") }
    if size >= 8 << 20 { preferHugePages(memory, size) }
    return memory.assumingMemoryBound(to: Element.self)
  }
}

/// Advises the kernel to back `memory` by pages of 2 MiB: faulting in one costs a fraction of what
/// 512 small ones do. Room beyond what is written still takes no memory.
private func preferHugePages(_ memory: UnsafeMutableRawPointer, _ size: Int) {
  let page = UInt(4096)
  let start = (UInt(bitPattern: memory) + page - 1) & ~(page - 1)
  let end = (UInt(bitPattern: memory) + UInt(size)) & ~(page - 1)
  guard let address = UnsafeMutableRawPointer(bitPattern: start), end > start else { return }
  madvise(address, Int(end - start), Int32(MADV_HUGEPAGE))
}
