/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conditions that the agent in the guest answers. */
#include "vy-wait-private.h"

#include <stdlib.h>
#include <string.h>
#include <json-c/json.h>
#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include "vy-i18n-private.h"
#include "vy-module.h"

#define AGENT_TIMEOUT_S 5
#define RESULT_FILE "/run/cloud-init/result.json"

typedef enum { ASKED, SILENT, REFUSED, BROKEN } AgentState;

/* What an error of libvirt says of the agent. */
static AgentState
classify (void)
{
    static const struct {
        int code;
        AgentState state;
    } codes[] = {
        { VIR_ERR_AGENT_UNRESPONSIVE, SILENT },
        { VIR_ERR_AGENT_UNSYNCED, SILENT },
        { VIR_ERR_OPERATION_INVALID, SILENT }, /* the domain does not run */
        { VIR_ERR_OPERATION_TIMEOUT, SILENT },
        { VIR_ERR_ARGUMENT_UNSUPPORTED, BROKEN }, /* no channel for the agent */
        { VIR_ERR_CONFIG_UNSUPPORTED, BROKEN },
        { VIR_ERR_OPERATION_UNSUPPORTED, BROKEN },
        { VIR_ERR_OPERATION_DENIED, BROKEN },
        { VIR_ERR_ACCESS_DENIED, BROKEN },
        { VIR_ERR_NO_SUPPORT, BROKEN },
        { VIR_ERR_INVALID_CONN, BROKEN },
        { VIR_ERR_RPC, BROKEN },
        { VIR_ERR_SYSTEM_ERROR, BROKEN },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
        if (codes[i].code == virGetLastErrorCode ())
            return codes[i].state;
    return REFUSED; /* the agent's own words */
}

/* Sends a command. *answer: what "return" holds, to be freed with json_object_put(). */
static AgentState
ask_agent (const VyWait *wait, const char *command, json_object **answer)
{
    __typeof__ (&virDomainQemuAgentCommand) ask =
        VY_LIBVIRT_QEMU (virDomainQemuAgentCommand, NULL);
    char *text = ask ? ask (wait->domain, command, AGENT_TIMEOUT_S, 0) : NULL;
    json_object *parsed = text ? json_tokener_parse (text) : NULL;
    json_object *value = NULL;

    free (text);
    *answer = NULL;
    if (!text)
        return ask ? classify () : BROKEN;
    if (json_object_object_get_ex (parsed, "return", &value))
        *answer = json_object_get (value);
    json_object_put (parsed);
    return ASKED;
}

static VyWaitAnswer
throw_broken (const VyWait *wait, GError **error)
{
    if (!VY_LIBVIRT_QEMU (virDomainQemuAgentCommand, error))
        return VY_WAIT_FAILED;
    vy_throw_libvirt (error, _ ("cannot ask the agent of domain '%s'"), wait->name);
    vy_error_set_hint (error, _ ("the domain needs a channel org.qemu.guest_agent.0, and "
                                 "the guest the package qemu-guest-agent"));
    return VY_WAIT_FAILED;
}

VyWaitAnswer
vy_wait_check_agent (const VyWait *wait, VyWaitResult *result, GError **error)
{
    json_object *answer;
    AgentState state = ask_agent (wait, "{\"execute\":\"guest-ping\"}", &answer);

    json_object_put (answer);
    if (state == BROKEN)
        return throw_broken (wait, error);
    if (state != ASKED)
        return VY_WAIT_NOT_YET;
    result->source = g_strdup ("agent");
    return VY_WAIT_FULFILLED;
}

/* Reads the opened file; it is small. */
static char *
read_handle (const VyWait *wait, gint64 handle)
{
    g_autofree char *read = g_strdup_printf (
        "{\"execute\":\"guest-file-read\",\"arguments\":{\"handle\":%" G_GINT64_FORMAT
        ",\"count\":65536}}",
        handle);
    g_autofree char *close = g_strdup_printf (
        "{\"execute\":\"guest-file-close\",\"arguments\":{\"handle\":%" G_GINT64_FORMAT
        "}}",
        handle);
    json_object *answer = NULL, *content = NULL, *closed = NULL;
    char *text = NULL;
    gsize length;

    if (ask_agent (wait, read, &answer) == ASKED &&
        json_object_object_get_ex (answer, "buf-b64", &content)) {
        guchar *bytes = g_base64_decode (json_object_get_string (content), &length);

        text = g_strndup ((const char *) bytes, length);
        g_free (bytes);
    }
    json_object_put (answer);
    ask_agent (wait, close, &closed);
    json_object_put (closed);
    return text;
}

/* The errors that cloud-init noted, joined, or NULL; *whole: the file was complete. */
static char *
errors_of (const char *text, gboolean *whole)
{
    json_object *parsed = text ? json_tokener_parse (text) : NULL;
    json_object *v1 = NULL, *errors = NULL;
    g_autoptr (GString) list = g_string_new (NULL);

    *whole = json_object_object_get_ex (parsed, "v1", &v1);
    if (*whole && json_object_object_get_ex (v1, "errors", &errors))
        for (gsize i = 0; i < json_object_array_length (errors); i++)
            g_string_append_printf (
                list, "%s%s", i ? "; " : "",
                json_object_get_string (json_object_array_get_idx (errors, i)));
    json_object_put (parsed);
    return list->len ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static VyWaitAnswer
judge (const VyWait *wait, const char *text, VyWaitResult *result, GError **error)
{
    gboolean whole;
    g_autofree char *errors = errors_of (text, &whole);

    if (!whole)
        return VY_WAIT_NOT_YET;
    if (errors) {
        vy_throw (error, VY_ERROR_FAILED, _ ("cloud-init of domain '%s' ended with: %s"),
                  wait->name, errors);
        return VY_WAIT_FAILED;
    }
    result->value = g_strdup ("done");
    result->source = g_strdup ("cloud-init");
    return VY_WAIT_FULFILLED;
}

/* The agent refuses what its configuration forbids; a missing file comes later. */
static VyWaitAnswer
judge_refusal (const VyWait *wait, GError **error)
{
    const char *why = virGetLastErrorMessage ();

    if (!why || !(strstr (why, "disabled") || strstr (why, "not found") ||
                  strstr (why, "not allowed")))
        return VY_WAIT_NOT_YET;
    vy_throw (error, VY_ERROR_UNSUPPORTED,
              _ ("the agent of domain '%s' may not read files: %s"), wait->name, why);
    vy_error_set_hint (error, _ ("allow guest-file-open, guest-file-read and "
                                 "guest-file-close in the guest, or wait for ssh"));
    return VY_WAIT_FAILED;
}

VyWaitAnswer
vy_wait_check_cloud_init (const VyWait *wait, VyWaitResult *result, GError **error)
{
    json_object *answer;
    AgentState state = ask_agent (wait,
                                  "{\"execute\":\"guest-file-open\",\"arguments\":{"
                                  "\"path\":\"" RESULT_FILE "\",\"mode\":\"r\"}}",
                                  &answer);
    g_autofree char *text = NULL;

    if (state == BROKEN)
        return throw_broken (wait, error);
    if (state == REFUSED)
        return judge_refusal (wait, error);
    if (state != ASKED)
        return VY_WAIT_NOT_YET;
    text = read_handle (wait, json_object_get_int64 (answer));
    json_object_put (answer);
    return judge (wait, text, result, error);
}
