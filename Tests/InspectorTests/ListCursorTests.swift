import Testing

@testable import Inspector

struct ListCursorTests {
  @Test func `moving stops at both ends`() {
    var cursor = ListCursor()
    cursor.move(by: -1, count: 5, height: 3)
    #expect(cursor.position == 0)
    cursor.move(by: 99, count: 5, height: 3)
    #expect(cursor.position == 4)
    #expect(cursor.window(count: 5, height: 3) == 2..<5)
  }

  @Test func `a page keeps one row in sight and the place on the screen`() {
    var cursor = ListCursor()
    cursor.move(by: 2, count: 100, height: 10)
    _ = cursor.handle(.pageDown, count: 100, height: 10)
    #expect(cursor.position == 11)
    #expect(cursor.window(count: 100, height: 10) == 9..<19)
    _ = cursor.handle(.pageUp, count: 100, height: 10)
    #expect(cursor.position == 2)
    #expect(cursor.window(count: 100, height: 10) == 0..<10)
  }

  @Test func `half a page moves by half the height`() {
    var cursor = ListCursor()
    _ = cursor.handle(.halfPageDown, count: 100, height: 10)
    #expect(cursor.position == 5)
  }

  @Test func `centring puts the row in the middle`() {
    var cursor = ListCursor()
    cursor.select(50, count: 100, height: 11)
    _ = cursor.handle(.centre, count: 100, height: 11)
    #expect(cursor.window(count: 100, height: 11) == 45..<56)
  }

  @Test func `a row that was out of sight comes to the middle, another stays where it is`() {
    var cursor = ListCursor()
    cursor.reveal(3, count: 100, height: 11)
    #expect(cursor.window(count: 100, height: 11) == 0..<11)
    cursor.reveal(50, count: 100, height: 11)
    #expect(cursor.window(count: 100, height: 11) == 45..<56)
  }

  @Test(arguments: [0, 1, 2, 7, 50], [0, 1, 2, 3, 10, 100])
  func `the selected row is in the window whatever becomes of list and screen`(
    count: Int, height: Int
  ) {
    var cursor = ListCursor()
    cursor.select(40, count: 60, height: 5)
    let window = cursor.window(count: count, height: height)
    #expect(window.count == min(count, height))
    if count > 0, height > 0 { #expect(window.contains(min(cursor.position, count - 1))) }
  }

  @Test func `an empty list has no window and cannot be moved through`() {
    var cursor = ListCursor()
    _ = cursor.handle(.pageDown, count: 0, height: 10)
    _ = cursor.handle(.centre, count: 0, height: 0)
    #expect(cursor.position == 0)
    #expect(cursor.window(count: 0, height: 10).isEmpty)
  }

  @Test func `moving by the largest number ends at the last row`() {
    var cursor = ListCursor()
    cursor.select(3, count: 10, height: 5)
    cursor.move(by: .max, count: 10, height: 5)
    #expect(cursor.position == 9)
  }
}

struct TextScrollTests {
  @Test func `a text scrolls to its last screenful and no further`() {
    var scroll = TextScroll()
    _ = scroll.handle(.moveToLast, count: 30, height: 10)
    #expect(scroll.window(count: 30, height: 10) == 20..<30)
    _ = scroll.handle(.moveDown, count: 30, height: 10)
    #expect(scroll.window(count: 30, height: 10) == 20..<30)
    _ = scroll.handle(.moveUp, count: 30, height: 10)
    #expect(scroll.window(count: 30, height: 10) == 19..<29)
  }

  @Test func `a line is brought into sight`() {
    var scroll = TextScroll()
    scroll.show(line: 25, count: 30, height: 10)
    #expect(scroll.window(count: 30, height: 10).contains(25))
    scroll.show(line: 2, count: 30, height: 10)
    #expect(scroll.window(count: 30, height: 10).contains(2))
  }
}
