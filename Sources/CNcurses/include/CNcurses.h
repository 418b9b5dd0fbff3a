#ifndef PROFTUI_CNCURSES_H
#define PROFTUI_CNCURSES_H
/* Without this the wide declarations are hidden from Swift. */
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>

/* ncurses keeps these in variables and macros, neither of which Swift may touch. */
static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline WINDOW *cn_curscr(void) { return curscr; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }

enum {
  CN_BOLD = A_BOLD,
  CN_DIM = A_DIM,
  CN_REVERSE = A_REVERSE,
  CN_UNDERLINE = A_UNDERLINE,
};

enum {
  CN_BUTTON1_PRESSED = BUTTON1_PRESSED,
  CN_WHEEL_UP = BUTTON4_PRESSED,
  CN_WHEEL_DOWN = BUTTON5_PRESSED,
};

/* Sets a cell: a character and the marks on it, ended by 0, with a colour pair of any number. */
static inline int cn_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair);
}

enum {
  CN_NO_KEY = -1
};

/* The next key that is there: a code point from 0 up, -KEY_x below -1, or CN_NO_KEY. */
static inline int cn_next_key(WINDOW *window) {
  wint_t code = 0;
  int result = wget_wch(window, &code);
  if (result == ERR) return CN_NO_KEY;
  return result == KEY_CODE_YES ? -(int)code : (int)code;
}

/* The columns the C library, and so ncurses, gives a character; -1 for what cannot be shown or encoded
   in the locale. */
int cn_width(uint32_t scalar);

/* ncurses has one screen a process: takes it, and says whether it was free; or gives it back. */
int cn_claim_screen(void);
void cn_unclaim_screen(void);

enum {
  CN_TERM_OK = 0,
  CN_TERM_UNKNOWN,
  CN_TERM_TOO_LIMITED
};

/* Whether the terminal of this name is known and can place its cursor. newterm() would draw on one that cannot. */
int cn_check_terminal(const char *name, int fd);

/* The size the system has for a terminal; 0 when it has one, -1 when it has none or it is empty. */
int cn_window_size(int fd, int *columns, int *rows);

/* The number of bytes that can be read at once, or -1. */
int cn_readable_bytes(int fd);

/* Makes SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT and SIGWINCH write their number to fd, a pipe that does not
   block. Before newterm(), which would else put its own handlers. */
void cn_catch_signals(int fd);

/* Puts back the actions that cn_catch_signals() replaced. */
void cn_release_signals(void);

/* While the terminal is lent: SIGTSTP and SIGCONT act as usual (1), or are caught again (0). */
void cn_set_job_control(int is_default);

/* Stops the process and its group as Ctrl-Z does; returns when it goes on. */
void cn_stop_process(void);

/* Makes a crash write these bytes and restore the terminal's present attributes before it takes its course. */
void cn_guard_crashes(int fd, const char *bytes, size_t count);

/* Whether a crash has anything to restore now. */
void cn_arm_crash_guard(int is_armed);

/* Puts back what cn_guard_crashes() replaced. */
void cn_release_crash_guard(void);

#endif
