/* Apart from the rest: term.h makes macros of words such as "columns". */
#include "CNcurses.h"

#include <term.h>

int cn_check_terminal(const char *name, int fd) {
  int error = 0;
  if (setupterm(name, fd, &error) != OK) {
    /* 1 is a terminal that is known and prints on paper. */
    return error == 1 ? CN_TERM_TOO_LIMITED : CN_TERM_UNKNOWN;
  }
  const char *address = tigetstr("cup");
  int can_address = address != NULL && address != (char *)-1;
  del_curterm(cur_term);
  return can_address ? CN_TERM_OK : CN_TERM_TOO_LIMITED;
}
