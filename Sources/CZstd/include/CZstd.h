#ifndef PROFTUI_CZSTD_H
#define PROFTUI_CZSTD_H
#include <zstd.h>
#include <zstd_errors.h>
#endif
