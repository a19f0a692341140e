/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one error domain: GError with libvirt's code, its text and a hint beside it. */
#include "vy-error.h"

#include <errno.h>
#include <string.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "vy-i18n-private.h"

/* Bytes of a message; what was given on the command line may be much longer. */
#define LONGEST 2000

typedef struct {
    int libvirt_code;
    char *cause;
    char *hint;
} VyErrorPrivate;

static void
vy_error_private_init (VyErrorPrivate *priv)
{
    *priv = (VyErrorPrivate){ 0 };
}

static void
vy_error_private_copy (const VyErrorPrivate *from, VyErrorPrivate *to)
{
    to->libvirt_code = from->libvirt_code;
    to->cause = g_strdup (from->cause);
    to->hint = g_strdup (from->hint);
}

static void
vy_error_private_clear (VyErrorPrivate *priv)
{
    g_free (priv->cause);
    g_free (priv->hint);
}

G_DEFINE_EXTENDED_ERROR (VyError, vy_error)

/* libvirt's codes that tell the caller more than "it failed" */
static const struct {
    int libvirt;
    VyError code;
} code_map[] = {
    { VIR_ERR_NO_DOMAIN, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_NETWORK, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_NETWORK_PORT, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_STORAGE_POOL, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_STORAGE_VOL, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_INTERFACE, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_NWFILTER, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_NWFILTER_BINDING, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_NODE_DEVICE, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_SECRET, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_DOMAIN_SNAPSHOT, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_DOMAIN_CHECKPOINT, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_DOMAIN_BACKUP, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_DOMAIN_METADATA, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_SERVER, VY_ERROR_NOT_FOUND },
    { VIR_ERR_NO_CLIENT, VY_ERROR_NOT_FOUND },
    { VIR_ERR_DEVICE_MISSING, VY_ERROR_NOT_FOUND },
    { VIR_ERR_DOM_EXIST, VY_ERROR_EXISTS },
    { VIR_ERR_NETWORK_EXIST, VY_ERROR_EXISTS },
    { VIR_ERR_NETWORK_PORT_EXIST, VY_ERROR_EXISTS },
    { VIR_ERR_STORAGE_VOL_EXIST, VY_ERROR_EXISTS },
    { VIR_ERR_OPERATION_INVALID, VY_ERROR_STATE },
    { VIR_ERR_RESOURCE_BUSY, VY_ERROR_STATE },
    { VIR_ERR_AGENT_UNRESPONSIVE, VY_ERROR_STATE },
    { VIR_ERR_BLOCK_COPY_ACTIVE, VY_ERROR_STATE },
    { VIR_ERR_SNAPSHOT_REVERT_RISKY, VY_ERROR_STATE },
    { VIR_ERR_MIGRATE_UNSAFE, VY_ERROR_STATE },
    { VIR_ERR_NO_SUPPORT, VY_ERROR_UNSUPPORTED },
    { VIR_ERR_OPERATION_UNSUPPORTED, VY_ERROR_UNSUPPORTED },
    { VIR_ERR_ARGUMENT_UNSUPPORTED, VY_ERROR_UNSUPPORTED },
    { VIR_ERR_CONFIG_UNSUPPORTED, VY_ERROR_UNSUPPORTED },
    { VIR_ERR_AGENT_UNSYNCED, VY_ERROR_TIMEOUT },
    { VIR_ERR_OPERATION_TIMEOUT, VY_ERROR_TIMEOUT },
    { VIR_ERR_OPERATION_DENIED, VY_ERROR_DENIED },
    { VIR_ERR_ACCESS_DENIED, VY_ERROR_DENIED },
    { VIR_ERR_AUTH_FAILED, VY_ERROR_DENIED },
    { VIR_ERR_AUTH_CANCELLED, VY_ERROR_DENIED },
    { VIR_ERR_AUTH_UNAVAILABLE, VY_ERROR_DENIED },
    { VIR_ERR_OPERATION_ABORTED, VY_ERROR_CANCELLED },
    { VIR_ERR_NO_CONNECT, VY_ERROR_NO_CONNECTION },
    { VIR_ERR_INVALID_CONN, VY_ERROR_NO_CONNECTION },
    { VIR_ERR_LIBSSH, VY_ERROR_NO_CONNECTION },
    { VIR_ERR_SSH, VY_ERROR_NO_CONNECTION },
    { VIR_ERR_GNUTLS_ERROR, VY_ERROR_NO_CONNECTION },
    { VIR_ERR_XML_ERROR, VY_ERROR_INVALID },
    { VIR_ERR_XML_DETAIL, VY_ERROR_INVALID },
    { VIR_ERR_XML_INVALID_SCHEMA, VY_ERROR_INVALID },
    { VIR_ERR_INVALID_ARG, VY_ERROR_INVALID },
    { VIR_ERR_OVERFLOW, VY_ERROR_INVALID },
};

static const struct {
    int errnum;
    VyError code;
} errno_map[] = {
    { ENOENT, VY_ERROR_NOT_FOUND },     { ENOTDIR, VY_ERROR_NOT_FOUND },
    { EEXIST, VY_ERROR_EXISTS },        { EACCES, VY_ERROR_DENIED },
    { EPERM, VY_ERROR_DENIED },         { EROFS, VY_ERROR_DENIED },
    { ETIMEDOUT, VY_ERROR_TIMEOUT },    { EINTR, VY_ERROR_CANCELLED },
    { ENOTSUP, VY_ERROR_UNSUPPORTED },  { EINVAL, VY_ERROR_INVALID },
    { ENAMETOOLONG, VY_ERROR_INVALID },
};

static VyErrorPrivate *
private_of (const GError *error)
{
    return error && error->domain == VY_ERROR ? vy_error_get_private (error) : NULL;
}

static void
set_from_libvirt (GError **error, VyError code, int libvirt_code, const char *cause,
                  const char *what)
{
    VyErrorPrivate *priv;

    if (!error)
        return;
    g_set_error (error, VY_ERROR, code, "%s: %s", what, cause);
    priv = private_of (*error);
    priv->libvirt_code = libvirt_code;
    priv->cause = g_strdup (cause);
}

const char *
vy_error_get_cause (const GError *error)
{
    const VyErrorPrivate *priv = private_of (error);

    return priv ? priv->cause : NULL;
}

const char *
vy_error_get_hint (const GError *error)
{
    const VyErrorPrivate *priv = private_of (error);

    return priv ? priv->hint : NULL;
}

int
vy_error_get_libvirt_code (const GError *error)
{
    const VyErrorPrivate *priv = private_of (error);

    return priv ? priv->libvirt_code : 0;
}

/* What came from outside moves no cursor, and does not push the message away. */
static char *
format_text (const char *format, va_list args)
{
    g_autofree char *raw = g_strdup_vprintf (format, args);
    char *text = g_utf8_make_valid (raw, -1);

    for (char *at = text; *at; at++)
        if (g_ascii_iscntrl (*at) && *at != '\n' && *at != '\t')
            *at = '?';
    if (strlen (text) > LONGEST) {
        g_autofree char *whole = text;

        *g_utf8_find_prev_char (text, text + LONGEST) = '\0';
        text = g_strconcat (whole, "…", NULL);
    }
    return text;
}

void
vy_error_set_hint (GError **error, const char *format, ...)
{
    VyErrorPrivate *priv = error ? private_of (*error) : NULL;
    va_list args;

    if (!priv)
        return;
    g_free (priv->hint);
    va_start (args, format);
    priv->hint = format_text (format, args);
    va_end (args);
}

gboolean
vy_throw (GError **error, VyError code, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    if (!error)
        return FALSE;
    va_start (args, format);
    text = format_text (format, args);
    va_end (args);
    *error = g_error_new_literal (VY_ERROR, code, text);
    return FALSE;
}

gboolean
vy_throw_errno (GError **error, int errnum, const char *format, ...)
{
    VyError code = VY_ERROR_FAILED;
    g_autofree char *what = NULL;
    va_list args;

    va_start (args, format);
    what = g_strdup_vprintf (format, args);
    va_end (args);
    for (gsize i = 0; i < G_N_ELEMENTS (errno_map); i++)
        if (errno_map[i].errnum == errnum)
            code = errno_map[i].code;
    return vy_throw (error, code, "%s: %s", what, g_strerror (errnum));
}

static gboolean
throw_from (GError **error, const virError *last, const char *what)
{
    int number = last ? last->code : VIR_ERR_INTERNAL_ERROR;
    const char *cause = last && last->message ? last->message : _ ("unknown error");
    VyError code = VY_ERROR_FAILED;

    for (gsize i = 0; i < G_N_ELEMENTS (code_map); i++)
        if (code_map[i].libvirt == number)
            code = code_map[i].code;
    set_from_libvirt (error, code, number, cause, what);
    return FALSE;
}

gboolean
vy_throw_libvirt (GError **error, const char *format, ...)
{
    virErrorPtr last = virSaveLastError ();
    g_autofree char *what = NULL;
    va_list args;

    va_start (args, format);
    what = g_strdup_vprintf (format, args);
    va_end (args);
    throw_from (error, last, what);
    virFreeError (last);
    return FALSE;
}

gboolean
vy_throw_saved_libvirt (GError **error, const void *saved, const char *format, ...)
{
    g_autofree char *what = NULL;
    va_list args;

    va_start (args, format);
    what = g_strdup_vprintf (format, args);
    va_end (args);
    return throw_from (error, saved, what);
}

static void
ignore_libvirt_error (G_GNUC_UNUSED void *data, G_GNUC_UNUSED virErrorPtr error)
{
}

void
vy_error_silence_libvirt (void)
{
    virSetErrorFunc (NULL, ignore_libvirt_error);
}
