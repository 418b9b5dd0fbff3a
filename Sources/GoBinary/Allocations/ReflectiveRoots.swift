/// Decoders and encoders, which learn at run time what they make from the value that they are given.
enum ReflectiveRoots {
  /// The integer argument that holds the type word of that value, counted from 0.
  static func argument(of function: String) -> Int? { arguments[function] }

  private static let arguments: [String: Int] = [
    "encoding/json.Unmarshal": 3,
    "encoding/json.(*Decoder).Decode": 1,
    "encoding/json.Marshal": 0,
    "encoding/json.MarshalIndent": 0,
    "encoding/json.(*Encoder).Encode": 1,
    "encoding/json/v2.Unmarshal": 3,
    "encoding/json/v2.Marshal": 0,
    "encoding/xml.Unmarshal": 3,
    "encoding/xml.(*Decoder).Decode": 1,
    "encoding/gob.(*Decoder).Decode": 1,
    "encoding/gob.(*Encoder).Encode": 1,
    "encoding/asn1.Unmarshal": 3,
    "gopkg.in/yaml.v3.Unmarshal": 3,
    "gopkg.in/yaml.v2.Unmarshal": 3,
  ]

  /// What JSON makes below a target that says nothing of the document: there is but one type for
  /// its objects, and one for the elements of its arrays.
  static func untypedJSON(_ cause: AllocationCause?, below root: Allocation.Root) -> String? {
    guard let target = root.type, untypedTargets.contains(target),
      root.function == "encoding/json.Unmarshal" || root.function == "encoding/json/v2.Unmarshal"
    else { return nil }
    switch cause {
    case .map, .mapgrow: return "map[string]interface {}"
    // What a slice of maps holds besides are other slices: of which one this is, nothing tells.
    case .append, .slice: return target == "*[]map[string]interface {}" ? nil : "interface {}"
    default: return nil
    }
  }

  private static let untypedTargets: Set<String> = [
    "*interface {}", "*map[string]interface {}", "*[]interface {}", "*[]map[string]interface {}",
  ]
}
