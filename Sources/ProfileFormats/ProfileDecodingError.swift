/// Why a file could not be read as a profile.
///
/// Offsets count bytes of the inflated input, except in the cases of compression, where they count
/// bytes of the file.
public enum ProfileDecodingError: Error, Hashable, Sendable {
  /// There are no bytes.
  case empty
  /// No format knows the bytes.
  case unrecognized
  /// The progress handler gave up.
  case cancelled
  /// The input inflates to more than the limit, in bytes.
  case tooLarge(limit: Int)
  /// No memory of this many bytes is to be had.
  case outOfMemory(bytes: Int)
  /// There are more rows or bytes of this kind than 32 bits can count.
  case tooMany(String)

  /// The compressed stream is damaged at the offset.
  case damagedCompression(format: String, offset: Int, fault: CompressionFault)

  /// The input ends, or the message around it does, inside the field.
  case truncated(offset: Int, field: String)
  /// A varint has more than ten bytes.
  case overlongVarint(offset: Int, field: String)
  /// The field is encoded as a wire type that it cannot have.
  case wrongWireType(offset: Int, field: String, type: UInt8)
  /// A field refers to a string that the table of `count` strings does not have.
  case stringOutOfRange(offset: Int, field: String, count: Int)
  /// There is no string table.
  case missingStringTable
  /// The first string of the table is not the empty one.
  case firstStringNotEmpty(offset: Int)
  /// There are two times: somebody appended one profile to another without compressing each.
  case concatenated(offset: Int)
  /// A row has id 0, which stands for no row.
  case zeroID(offset: Int, table: String)
  /// Two rows of a table have one id.
  case duplicateID(offset: Int, table: String, id: UInt64)
  /// A field refers to an id that no row of the table has.
  case danglingID(offset: Int, field: String, id: UInt64)
  /// There are samples, but nothing says what their values measure.
  case missingSampleTypes(offset: Int)
  /// A sample does not have one value for each sample type.
  case wrongValueCount(offset: Int, values: Int, types: Int)

  /// A line of a text format says what it must not. Lines count from 1.
  case malformedLine(line: Int, offset: Int, format: String, problem: String)
  /// A binary format other than profile.proto is damaged.
  case malformed(offset: Int, format: String, problem: String)

  /// What is wrong with a compressed stream.
  public enum CompressionFault: Hashable, Sendable {
    /// It ends too early.
    case truncated
    /// A header says what it must not, or bytes follow that are no header.
    case header
    /// The compressed data make no sense.
    case data
    /// The checksum or the length of what came out is not the one recorded.
    case checksum
  }
}

extension ProfileDecodingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "the file is empty"
    case .unrecognized: "not a profile in any format that is known"
    case .cancelled: "given up"
    case .tooLarge(let limit): "inflates to more than \(limit) bytes; raise --max-size to read it"
    case .outOfMemory(let bytes): "no memory for \(bytes) bytes"
    case .tooMany(let what): "more \(what) than 32 bits can count"
    case .damagedCompression(let format, let offset, let fault):
      "\(format): \(fault.description) at byte \(offset) of the file"
    case .truncated(let offset, let field): "truncated at byte \(offset) (\(field))"
    case .overlongVarint(let offset, let field): "number too long at byte \(offset) (\(field))"
    case .wrongWireType(let offset, let field, let type):
      "wire type \(type) at byte \(offset) is wrong for \(field)"
    case .stringOutOfRange(let offset, let field, let count):
      "no such string among \(count) at byte \(offset) (\(field))"
    case .missingStringTable: "there is no string table"
    case .firstStringNotEmpty(let offset):
      "the string table does not begin with the empty string at byte \(offset)"
    case .concatenated(let offset):
      "concatenated profiles detected at byte \(offset); compress each before appending it"
    case .zeroID(let offset, let table): "reserved id 0 at byte \(offset) (\(table))"
    case .duplicateID(let offset, let table, let id):
      "id \(id) a second time at byte \(offset) (\(table))"
    case .danglingID(let offset, let field, let id): "no \(field) \(id), named at byte \(offset)"
    case .missingSampleTypes(let offset): "a sample at byte \(offset), but no sample type"
    case .wrongValueCount(let offset, let values, let types):
      "the sample at byte \(offset) has \(values) values for \(types) sample types"
    case .malformedLine(let line, let offset, let format, let problem):
      "\(format), line \(line) (byte \(offset)): \(problem)"
    case .malformed(let offset, let format, let problem):
      "\(format), byte \(offset): \(problem)"
    }
  }
}

extension ProfileDecodingError.CompressionFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .truncated: "truncated"
    case .header: "no valid header"
    case .data: "damaged or truncated data"
    case .checksum: "wrong checksum"
    }
  }
}
