import ProfileFormats
import TestSupport
import Testing

@Test func `every format that is written is listed`() {
  let written = familyMembers(
    in: "Sources/ProfileFormats", ending: "Format", except: ["ProfileFormat"])
  #expect(!written.isEmpty)
  #expect(typeNames(ProfileFormats.all) == written)
}
