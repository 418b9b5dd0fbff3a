#include "CISAL.h"
#include <dlfcn.h>
#include <isa-l/igzip_lib.h>
#include <pthread.h>
#include <stdlib.h>

static struct {
  void (*init)(struct inflate_state *);
  void (*reset)(struct inflate_state *);
  int (*inflate)(struct inflate_state *);
} isal;

static pthread_once_t once = PTHREAD_ONCE_INIT;

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static int has_vectors;

// __builtin_cpu_supports would have the processor asked at each start of the program, which takes a
// virtual machine a tenth of a millisecond.
__attribute__((target("xsave"))) static int find_vectors(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  // The processor has them, and the system keeps them for each thread.
  return (c & bit_AVX) && (c & bit_OSXSAVE) && (_xgetbv(0) & 6) == 6;
}

// The library leaves the upper halves of vector registers in use. Until they are cleared, all code
// without AVX runs slower: a tenth of what is done afterwards.
__attribute__((target("avx"))) static void clear_upper_halves(void) { _mm256_zeroupper(); }

static void leave_vectors(void) {
  if (has_vectors) clear_upper_halves();
}
#else
static void leave_vectors(void) {}
#endif

static void load(void) {
#if defined(__x86_64__)
  has_vectors = find_vectors();
#endif
  void *library = dlopen("libisal.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen("libisal.2.dylib", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  void *init = dlsym(library, "isal_inflate_init");
  void *reset = dlsym(library, "isal_inflate_reset");
  void *inflate = dlsym(library, "isal_inflate");
  if (!init || !reset || !inflate) return;
  isal.init = (void (*)(struct inflate_state *))init;
  isal.reset = (void (*)(struct inflate_state *))reset;
  isal.inflate = (int (*)(struct inflate_state *))inflate;
}

struct proftui_inflater {
  struct inflate_state state;
};

proftui_inflater *proftui_inflater_new(void) {
  pthread_once(&once, load);
  if (!isal.inflate) return NULL;
  proftui_inflater *inflater = malloc(sizeof *inflater);
  if (inflater) isal.init(&inflater->state);
  return inflater;
}

void proftui_inflater_free(proftui_inflater *inflater) { free(inflater); }

void proftui_inflater_start(proftui_inflater *inflater) {
  isal.reset(&inflater->state);
  inflater->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
}

proftui_inflate_result proftui_inflater_run(
    proftui_inflater *inflater, const uint8_t *input, uint32_t *input_count, uint8_t *room,
    uint32_t *room_count) {
  struct inflate_state *state = &inflater->state;
  // The library only reads what it calls its input.
  state->next_in = (uint8_t *)input;
  state->avail_in = *input_count;
  state->next_out = room;
  state->avail_out = *room_count;
  int result = isal.inflate(state);
  leave_vectors();
  *input_count -= state->avail_in;
  *room_count -= state->avail_out;
  if (result != ISAL_DECOMP_OK && result != ISAL_END_INPUT && result != ISAL_OUT_OVERFLOW)
    return PROFTUI_INFLATE_DAMAGED;
  return state->block_state == ISAL_BLOCK_FINISH ? PROFTUI_INFLATE_END : PROFTUI_INFLATE_MORE;
}
