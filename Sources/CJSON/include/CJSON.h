#ifndef PROFTUI_CJSON_H
#define PROFTUI_CJSON_H
#include <json-c/json.h>
#endif
