#ifndef PROFTUI_CDEFLATE_H
#define PROFTUI_CDEFLATE_H
#include <libdeflate.h>
#endif
