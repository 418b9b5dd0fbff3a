#ifndef PROFTUI_CMEMORY_H
#define PROFTUI_CMEMORY_H

/// Has the allocator give memory back to the system early: large blocks as soon as they are freed, and
/// few pools for all threads, so that what one of them freed is there for the others. Left as it is,
/// glibc keeps blocks of up to 32 MB for itself once one of that size was freed.
///
/// For programs that run long: each large block costs a call of the system. To be called before there
/// are other threads; does nothing where the allocator is another one than glibc's.
void proftui_give_memory_back(void);

/// Has the processor fetch what is at an address while it goes on. No address is wrong.
static inline void proftui_fetch_ahead(const void *address) { __builtin_prefetch(address); }
#endif
