#ifndef PROFTUI_CNCURSES_H
#define PROFTUI_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <curses.h>

static inline WINDOW *cn_stdscr(void) { return stdscr; }
#endif
