#ifndef PROFTUI_CZSTD_H
#define PROFTUI_CZSTD_H
#include <zstd.h>
#endif
