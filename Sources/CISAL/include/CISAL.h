#ifndef PROFTUI_CISAL_H
#define PROFTUI_CISAL_H
#include <stddef.h>
#include <stdint.h>

// libisal is opened when first needed: who opens a small file does not pay for it, and needs none.

/// Inflates members of gzip files piece by piece.
typedef struct proftui_inflater proftui_inflater;

/// NULL where this machine has no libisal, or no memory. Callable from any thread.
proftui_inflater *proftui_inflater_new(void);
void proftui_inflater_free(proftui_inflater *inflater);

/// Starts with the data of a member, behind its header.
void proftui_inflater_start(proftui_inflater *inflater);

typedef enum {
  PROFTUI_INFLATE_MORE,    ///< There is more to come: give room, or input.
  PROFTUI_INFLATE_END,     ///< The member is over, and its sum and length are right.
  PROFTUI_INFLATE_DAMAGED,
} proftui_inflate_result;

/// Inflates into `room` until it is full, the input is used up or the member is over. The counts say
/// how many bytes there are, and are set to how many were read and written.
proftui_inflate_result proftui_inflater_run(
    proftui_inflater *inflater, const uint8_t *input, uint32_t *input_count, uint8_t *room,
    uint32_t *room_count);
#endif
