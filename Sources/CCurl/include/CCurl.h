#ifndef PROFTUI_CCURL_H
#define PROFTUI_CCURL_H
#include <curl/curl.h>
#include <stdbool.h>

// libcurl is opened when first needed: who opens a file does not pay for it, and needs none.

/// Opens libcurl and sets it up; false where this machine has none. Callable from any thread.
bool proftui_curl_load(void);

/// A handle for one exchange after the other; NULL without memory. Only after a load that went well,
/// as all below.
CURL *proftui_curl_new(void);
void proftui_curl_free(CURL *handle);

// Setting an option takes any type, which Swift cannot say.
CURLcode proftui_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode proftui_curl_set_size(CURL *handle, CURLoption option, curl_off_t value);
CURLcode proftui_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode proftui_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode proftui_curl_set_data_callback(
    CURL *handle, CURLoption option,
    size_t (*callback)(char *bytes, size_t size, size_t count, void *context));
CURLcode proftui_curl_set_progress_callback(
    CURL *handle, int (*callback)(
                      void *context, curl_off_t expected, curl_off_t received,
                      curl_off_t to_send, curl_off_t sent));

CURLcode proftui_curl_perform(CURL *handle);
long proftui_curl_status(CURL *handle);
/// Where a redirect leads, as a whole address; NULL where there is none. The handle's own.
const char *proftui_curl_redirect(CURL *handle);
const char *proftui_curl_error(CURLcode code);

struct curl_slist *proftui_curl_append(struct curl_slist *list, const char *line);
void proftui_curl_free_list(struct curl_slist *list);
#endif
