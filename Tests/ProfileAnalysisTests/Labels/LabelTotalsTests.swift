import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct LabelTotalsTests {
  private enum Tag {
    case text(String, String)
    case number(String, Int64, String)
  }

  private func profile(_ samples: [(value: Int64, tags: [Tag])]) -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    for sample in samples {
      let labels = sample.tags.map { tag in
        switch tag {
        case .text(let key, let value):
          Label(key: builder.string(key), string: builder.string(value))
        case .number(let key, let number, let unit):
          Label(key: builder.string(key), number: number, unit: builder.string(unit))
        }
      }
      builder.addSample(builder.locations("f"), values: [sample.value], labels: labels)
    }
    return builder.finish()
  }

  private func rows(_ profile: Profile, unit: String = "bytes") -> [String] {
    let totals = LabelTotals(profile, values: profile.samples.values[0]) { _ in unit }
    return totals.keys.flatMap { key in
      ["\(String(decoding: key.name, as: UTF8.self)) \(key.sum)"]
        + key.values.map { " \(String(decoding: $0.text, as: UTF8.self)) \($0.sum)" }
    }
  }

  @Test func `a sum without a magnitude stands last`() {
    let profile = profile([(.min, [.text("route", "/a")]), (1, [.text("route", "/b")])])
    #expect(rows(profile).dropFirst() == [" /b 1", " /a \(Int64.min)"])
  }

  @Test func `each key has its values, the heaviest first`() {
    let profile = profile([
      (3, [.text("route", "/a"), .text("user", "x")]), (5, [.text("route", "/b")]),
      (1, [.text("route", "/a")]), (9, []),
    ])
    #expect(rows(profile) == ["route 9", " /b 5", " /a 4", "user 3", " x 3"])
  }

  @Test func `a sample with two values under a key counts for both`() {
    let profile = profile([(3, [.text("k", "a"), .text("k", "b")])])
    #expect(rows(profile) == ["k 6", " a 3", " b 3"])
  }

  @Test func `numbers that read alike are one value`() {
    let profile = profile([
      (1, [.number("bytes", 2048, "bytes")]), (2, [.number("bytes", 2049, "bytes")]),
      (4, [.number("bytes", 100, "bytes")]),
    ])
    #expect(rows(profile) == ["bytes 7", " 100B 4", " 2kB 3"])
  }

  @Test func `a key has one unit, whatever its labels say`() {
    let profile = profile([
      (1, [.number("t", 5, "seconds")]), (2, [.number("t", 5, "milliseconds")]),
    ])
    #expect(rows(profile, unit: "seconds") == ["t 3", " 5s 3"])
  }

  @Test func `negative sums are ordered by magnitude, equal ones by text`() {
    let profile = profile([
      (-5, [.text("k", "a")]), (4, [.text("k", "c")]), (4, [.text("k", "b")]),
    ])
    #expect(rows(profile) == ["k 3", " a -5", " b 4", " c 4"])
  }

  @Test func `a profile without labels has no keys`() {
    #expect(rows(.stacks(["f": 1])) == [])
  }

  @Test func `labels that no sample has are not shown`() {
    let whole = profile([(3, [.text("k", "a")]), (4, [.text("k", "b")])])
    let kept = whole.replacing(
      samples: SampleTable(
        stacks: [whole.samples.stacks[0]], values: [[3]],
        labelSets: [whole.samples.labelSetColumn[0]]))
    #expect(rows(kept) == ["k 3", " a 3"])
  }
}
