import Reports
import TestSupport
import Testing

@Test func `every report that is written is listed`() {
  let written = familyMembers(in: "Sources/Reports", ending: "Report", except: [])
  #expect(!written.isEmpty)
  #expect(written.subtracting(typeNames(Reports.all)).isEmpty)
}

@Test func `every writer that is written is listed`() {
  let written = familyMembers(
    in: "Sources/Reports/Writers", ending: "Writer", except: ["ReportWriter"])
  #expect(!written.isEmpty)
  #expect(typeNames(ReportWriters.all) == written)
}

@Test func `no two reports answer to one name`() {
  let names = Reports.all.flatMap { [$0.name] + $0.aliases }
  #expect(Set(names).count == names.count)
}
