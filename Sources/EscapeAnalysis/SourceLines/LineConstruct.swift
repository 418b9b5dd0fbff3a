/// Something in a line of Go that allocates, and what its objects may be as large as.
struct LineConstruct: Hashable {
  /// nil for what may allocate without our knowing why.
  var cause: EscapeCause?
  var size: ObjectSize

  /// The sizes that objects of a construct may have, on machines of 64 bits.
  enum ObjectSize: Hashable {
    case any
    /// Always the same one, which the line does not tell.
    case constant
    /// That of a map's header; what else a short literal of a map needs is a map that grew.
    case mapHeader(isShortLiteral: Bool)
    case atLeast(UInt64)
    /// Those of `runtime.sudog` in all releases.
    case wait
    /// Any but that of the header of the value itself, which may be boxed as well.
    case except(UInt64)
  }

  /// Values of basic types, strings and slices are no larger, so that objects of this size may be boxes.
  static let largestBox: UInt64 = 24
}

extension [LineConstruct] {
  /// Why an object of a size was allocated in a line of these constructs; nil where that is not certain.
  ///
  /// - Parameters:
  ///   - size: 0 where it is not known.
  ///   - others: the sizes of all objects that the line allocates.
  func cause(ofSize size: UInt64, among others: Set<UInt64>) -> EscapeCause? {
    guard let first, let cause = first.cause, allSatisfy({ $0.cause == cause }) else { return nil }
    guard size > 0 else { return cause }
    let claims = Set(map { $0.cause(ofSize: size, among: others, count: count) })
    return claims.count == 1 ? claims.first ?? nil : nil
  }
}

extension LineConstruct {
  fileprivate func cause(
    ofSize size: UInt64, among others: Set<UInt64>, count: Int
  ) -> EscapeCause? {
    switch self.size {
    case .any: return cause
    case .constant:
      if others.count <= count { return cause }
      // Where there are boxes as well, they are the smaller ones.
      let larger = others.count { $0 > Self.largestBox }
      return size > Self.largestBox && larger <= count ? cause : nil
    case .mapHeader(let isShortLiteral):
      if size == 48 { return cause }
      return isShortLiteral && size > 48 ? .mapgrow : nil
    case .atLeast(let least): return size >= least ? cause : nil
    case .wait: return (88...112).contains(size) ? cause : nil
    case .except(let header): return size == header ? nil : cause
    }
  }
}
