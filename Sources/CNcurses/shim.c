#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700
#include "CNcurses.h"

#include <limits.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <wchar.h>

static atomic_flag screen_is_taken = ATOMIC_FLAG_INIT;

int cn_claim_screen(void) { return !atomic_flag_test_and_set(&screen_is_taken); }
void cn_unclaim_screen(void) { atomic_flag_clear(&screen_is_taken); }

int cn_width(uint32_t scalar) {
  char bytes[MB_LEN_MAX];
  mbstate_t state = {0};
  if (wcrtomb(bytes, (wchar_t)scalar, &state) == (size_t)-1) return -1;
  return wcwidth((wchar_t)scalar);
}

int cn_window_size(int fd, int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int cn_readable_bytes(int fd) {
  int count = 0;
  return ioctl(fd, FIONREAD, &count) == 0 ? count : -1;
}
