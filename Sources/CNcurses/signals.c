#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700
#include "CNcurses.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Signals that become input. */

static const int caught[] = {SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH};
enum { caught_count = sizeof caught / sizeof caught[0] };
static struct sigaction replaced[caught_count];
static volatile sig_atomic_t signal_fd = -1;

static void write_signal(int signal) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal;
  int fd = signal_fd;
  /* A full pipe has signals enough to tell. */
  if (fd >= 0 && write(fd, &byte, 1) < 0) {}
  errno = saved;
}

static void catch_signal(int signal, struct sigaction *old) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = write_signal;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, old);
}

void cn_catch_signals(int fd) {
  signal_fd = fd;
  for (int i = 0; i < caught_count; i++) {
    catch_signal(caught[i], &replaced[i]);
    /* Who starts a program with a signal ignored, as nohup does, means it. */
    if (replaced[i].sa_handler == SIG_IGN && caught[i] != SIGWINCH && caught[i] != SIGCONT)
      sigaction(caught[i], &replaced[i], NULL);
  }
}

void cn_release_signals(void) {
  for (int i = 0; i < caught_count; i++) sigaction(caught[i], &replaced[i], NULL);
  signal_fd = -1;
}

void cn_set_job_control(int is_default) {
  for (int i = 0; i < caught_count; i++) {
    if (caught[i] != SIGTSTP && caught[i] != SIGCONT) continue;
    struct sigaction action;
    if (caught[i] == SIGTSTP && replaced[i].sa_handler == SIG_IGN) continue;
    if (is_default) {
      memset(&action, 0, sizeof action);
      action.sa_handler = SIG_DFL;
      sigaction(caught[i], &action, NULL);
    } else {
      catch_signal(caught[i], NULL);
    }
  }
}

void cn_stop_process(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  /* The others of the group first. Were we among them, kill() could return before another thread has taken the
     signal, and the terminal would be ours again when we stop. raise() has stopped us when it returns. */
  action.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &action, &old);
  if (old.sa_handler == SIG_IGN) return;
  kill(0, SIGTSTP);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &old, NULL);
}

/* Crashes. */

static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGQUIT, SIGSYS};
enum { fatal_count = sizeof fatal / sizeof fatal[0] };
static struct sigaction before_guard[fatal_count];
static volatile sig_atomic_t is_guarding = 0;
static volatile sig_atomic_t guard_is_armed = 0;
static int guard_fd = -1;
static struct termios guard_attributes;
static int guard_has_attributes = 0;
static char guard_bytes[512];
static size_t guard_count = 0;
/* A stack for the handler, for the crash that is the end of the stack. */
static char guard_stack[64 * 1024];

static void give_back(int signal, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  if (guard_is_armed) {
    guard_is_armed = 0;
    if (write(guard_fd, guard_bytes, guard_count) < 0) {}
    if (guard_has_attributes) tcsetattr(guard_fd, TCSANOW, &guard_attributes);
  }
  for (int i = 0; i < fatal_count; i++) {
    if (fatal[i] == signal) sigaction(signal, &before_guard[i], NULL);
  }
  errno = saved;
  /* A fault happens again on return and meets the handler that was there before, Swift's own for instance;
     a signal that was sent, as abort() does, does not. */
  if (info == NULL || info->si_code <= 0) raise(signal);
}

void cn_guard_crashes(int fd, const char *bytes, size_t count) {
  if (count > sizeof guard_bytes) count = sizeof guard_bytes;
  memcpy(guard_bytes, bytes, count);
  guard_count = count;
  if (is_guarding) return;
  is_guarding = 1;
  guard_fd = fd;
  guard_has_attributes = tcgetattr(fd, &guard_attributes) == 0;
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = guard_stack;
    stack.ss_size = sizeof guard_stack;
    sigaltstack(&stack, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = give_back;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &before_guard[i]);
}

void cn_arm_crash_guard(int is_armed) { guard_is_armed = is_armed; }

void cn_release_crash_guard(void) {
  guard_is_armed = 0;
  if (!is_guarding) return;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &before_guard[i], NULL);
  is_guarding = 0;
}
