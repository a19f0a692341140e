/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows libcurl. */
#include <curl/curl.h>

#include "vy-fetch-private.h"
#include "vy-i18n-private.h"

#define CONNECT_SECONDS 20L
#define STALL_SECONDS 60L

VY_API gboolean vy_fetch_run (const VyFetchJob *job, GError **error);

typedef struct {
    const VyFetchJob *job;
    GError *error; /* of the sink */
} Transfer;

static size_t
on_piece (char *piece, size_t one, size_t size, void *data)
{
    Transfer *transfer = data;
    const VyFetchJob *job = transfer->job;

    (void) one;
    return job->sink (piece, size, job->sink_data, &transfer->error) ? size : 0;
}

static int
on_progress (void *data, curl_off_t total, curl_off_t done, curl_off_t up_total,
             curl_off_t up)
{
    const VyFetchJob *job = ((Transfer *) data)->job;

    (void) up_total, (void) up;
    if (job->progress)
        job->progress ((guint64) done, (guint64) total, job->progress_data);
    return job->cancellable && g_cancellable_is_cancelled (job->cancellable);
}

static void
set_options (CURL *curl, Transfer *transfer, char *message)
{
    curl_easy_setopt (curl, CURLOPT_URL, transfer->job->url);
    curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https,ftp,ftps,file");
    curl_easy_setopt (curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https,ftp,ftps");
    curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt (curl, CURLOPT_MAXREDIRS, 10L);
    curl_easy_setopt (curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, STALL_SECONDS);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) transfer->job->timeout_s);
    curl_easy_setopt (curl, CURLOPT_USERAGENT, "virtyard/" VY_VERSION);
    curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, message);
    curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_piece);
    curl_easy_setopt (curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt (curl, CURLOPT_XFERINFODATA, transfer);
    curl_easy_setopt (curl, CURLOPT_NOBODY, transfer->job->sink ? 0L : 1L);
}

static const struct {
    CURLcode result;
    VyError code;
} codes[] = {
    { CURLE_COULDNT_RESOLVE_HOST, VY_ERROR_NO_CONNECTION },
    { CURLE_COULDNT_RESOLVE_PROXY, VY_ERROR_NO_CONNECTION },
    { CURLE_COULDNT_CONNECT, VY_ERROR_NO_CONNECTION },
    { CURLE_OPERATION_TIMEDOUT, VY_ERROR_TIMEOUT },
    { CURLE_ABORTED_BY_CALLBACK, VY_ERROR_CANCELLED },
    { CURLE_REMOTE_FILE_NOT_FOUND, VY_ERROR_NOT_FOUND },
    { CURLE_FILE_COULDNT_READ_FILE, VY_ERROR_NOT_FOUND },
    { CURLE_REMOTE_ACCESS_DENIED, VY_ERROR_DENIED },
    { CURLE_LOGIN_DENIED, VY_ERROR_DENIED },
    { CURLE_UNSUPPORTED_PROTOCOL, VY_ERROR_UNSUPPORTED },
    { CURLE_URL_MALFORMAT, VY_ERROR_INVALID },
};

static VyError
code_of (CURL *curl, CURLcode result)
{
    long status = 0;

    if (result == CURLE_HTTP_RETURNED_ERROR) {
        curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
        return status == 404 || status == 410   ? VY_ERROR_NOT_FOUND
               : status == 401 || status == 403 ? VY_ERROR_DENIED
               : status == 405 || status == 501 ? VY_ERROR_UNSUPPORTED
                                                : VY_ERROR_FAILED;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
        if (codes[i].result == result)
            return codes[i].code;
    return VY_ERROR_FAILED;
}

gboolean
vy_fetch_run (const VyFetchJob *job, GError **error)
{
    char message[CURL_ERROR_SIZE] = "";
    Transfer transfer = { job, NULL };
    CURL *curl = curl_easy_init ();
    CURLcode result;

    if (!curl)
        return vy_throw (error, VY_ERROR_FAILED, _ ("cannot start a download"));
    set_options (curl, &transfer, message);
    result = curl_easy_perform (curl);
    if (transfer.error)
        g_propagate_prefixed_error (error, transfer.error, _ ("cannot download '%s': "),
                                    job->url);
    else if (result != CURLE_OK)
        vy_throw (error, code_of (curl, result), _ ("cannot download '%s': %s"), job->url,
                  *message ? message : curl_easy_strerror (result));
    curl_easy_cleanup (curl);
    return result == CURLE_OK;
}
