#include "CSystem.h"
#include <stdatomic.h>

static atomic_uint threads_seen;
static _Thread_local unsigned slot_plus_one;

unsigned nadi_thread_slot(void) {
  if (slot_plus_one == 0) slot_plus_one = atomic_fetch_add_explicit(&threads_seen, 1, memory_order_relaxed) + 1;
  return slot_plus_one - 1;
}
