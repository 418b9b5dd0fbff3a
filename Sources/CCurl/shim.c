#include "CCurl.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

static struct {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_perform)(CURL *);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  const char *(*easy_strerror)(CURLcode);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
} curl;

static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen("libcurl.4.dylib", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  struct {
    const char *name;
    void **target;
  } symbols[] = {
      {"curl_global_init", (void **)&curl.global_init},
      {"curl_easy_init", (void **)&curl.easy_init},
      {"curl_easy_cleanup", (void **)&curl.easy_cleanup},
      {"curl_easy_setopt", (void **)&curl.easy_setopt},
      {"curl_easy_perform", (void **)&curl.easy_perform},
      {"curl_easy_getinfo", (void **)&curl.easy_getinfo},
      {"curl_easy_strerror", (void **)&curl.easy_strerror},
      {"curl_slist_append", (void **)&curl.slist_append},
      {"curl_slist_free_all", (void **)&curl.slist_free_all},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    *symbols[i].target = dlsym(library, symbols[i].name);
    if (!*symbols[i].target) return;
  }
  is_loaded = curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

bool proftui_curl_load(void) {
  pthread_once(&once, load);
  return is_loaded;
}

CURL *proftui_curl_new(void) { return curl.easy_init(); }
void proftui_curl_free(CURL *handle) { curl.easy_cleanup(handle); }

CURLcode proftui_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl.easy_setopt(handle, option, value);
}
CURLcode proftui_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl.easy_setopt(handle, option, value);
}
CURLcode proftui_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl.easy_setopt(handle, option, value);
}
CURLcode proftui_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl.easy_setopt(handle, option, value);
}
CURLcode proftui_curl_set_data_callback(
    CURL *handle, CURLoption option,
    size_t (*callback)(char *bytes, size_t size, size_t count, void *context)) {
  return curl.easy_setopt(handle, option, callback);
}
CURLcode proftui_curl_set_progress_callback(
    CURL *handle, int (*callback)(
                      void *context, curl_off_t expected, curl_off_t received,
                      curl_off_t to_send, curl_off_t sent)) {
  return curl.easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
}

CURLcode proftui_curl_perform(CURL *handle) { return curl.easy_perform(handle); }

long proftui_curl_status(CURL *handle) {
  long status = 0;
  curl.easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

const char *proftui_curl_redirect(CURL *handle) {
  const char *address = NULL;
  curl.easy_getinfo(handle, CURLINFO_REDIRECT_URL, &address);
  return address;
}

const char *proftui_curl_error(CURLcode code) { return curl.easy_strerror(code); }

struct curl_slist *proftui_curl_append(struct curl_slist *list, const char *line) {
  return curl.slist_append(list, line);
}
void proftui_curl_free_list(struct curl_slist *list) { curl.slist_free_all(list); }
