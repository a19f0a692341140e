/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one error domain of the library. */
#pragma once

#include "vy-api.h"

G_BEGIN_DECLS

/**
 * VyError:
 * @VY_ERROR_FAILED: anything that no other code names
 * @VY_ERROR_USAGE: the command line or the call itself is wrong
 * @VY_ERROR_INVALID: a value is malformed or out of range
 * @VY_ERROR_NOT_FOUND: the named object does not exist
 * @VY_ERROR_EXISTS: the name, path or address is in use
 * @VY_ERROR_STATE: the object is in a state that does not allow it
 * @VY_ERROR_DENIED: permission is missing
 * @VY_ERROR_UNSUPPORTED: hypervisor, driver or version cannot do it
 * @VY_ERROR_TIMEOUT: the deadline passed
 * @VY_ERROR_PARTIAL: some of several things were done
 * @VY_ERROR_NO_CONNECTION: the daemon cannot be reached, or went away
 * @VY_ERROR_CANCELLED: stopped by the user or by a signal
 *
 * What went wrong, seen from what the caller can do about it.
 */
typedef enum {
    VY_ERROR_FAILED,
    VY_ERROR_USAGE,
    VY_ERROR_INVALID,
    VY_ERROR_NOT_FOUND,
    VY_ERROR_EXISTS,
    VY_ERROR_STATE,
    VY_ERROR_DENIED,
    VY_ERROR_UNSUPPORTED,
    VY_ERROR_TIMEOUT,
    VY_ERROR_PARTIAL,
    VY_ERROR_NO_CONNECTION,
    VY_ERROR_CANCELLED,
} VyError;

#define VY_ERROR (vy_error_quark ())

/**
 * vy_error_quark:
 *
 * Returns: the quark behind %VY_ERROR
 * Since: 0.1
 */
VY_API GQuark vy_error_quark (void);

/**
 * vy_error_get_cause:
 * @error: an error of any domain
 *
 * Gives the text of the libvirt error behind @error. @error's own message ends with
 * ": " and this text.
 *
 * Returns: (nullable) (transfer none): the cause, or %NULL when there is none
 * Since: 0.1
 */
VY_API const char *vy_error_get_cause (const GError *error);

/**
 * vy_error_get_hint:
 * @error: an error of any domain
 *
 * Gives the sentence that says what to do next.
 *
 * Returns: (nullable) (transfer none): the hint, or %NULL when there is none
 * Since: 0.1
 */
VY_API const char *vy_error_get_hint (const GError *error);

/**
 * vy_error_get_libvirt_code:
 * @error: an error of any domain
 *
 * Returns: the virErrorNumber behind @error, 0 when libvirt was not involved
 * Since: 0.1
 */
VY_API int vy_error_get_libvirt_code (const GError *error);

/**
 * vy_error_set_hint:
 * @error: (nullable) (inout): the error to add to; nothing happens when it is unset
 * @format: printf format of one sentence that says what to do next
 *
 * Sets the hint of an error, in place of an earlier one.
 *
 * Since: 0.1
 */
VY_API void
vy_error_set_hint (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * vy_throw:
 * @error: return location for a #GError
 * @code: why
 * @format: printf format: "cannot VERB NOUN 'NAME'", lower case, no full stop
 *
 * Sets an error of %VY_ERROR.
 *
 * Returns: always %FALSE, so that a failure is one statement
 * Since: 0.1
 */
VY_API gboolean vy_throw (GError **error, VyError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/**
 * vy_throw_errno:
 * @error: return location for a #GError
 * @errnum: the value of errno
 * @format: printf format of what could not be done; ": " and strerror() are added
 *
 * Sets an error from errno: ENOENT is %VY_ERROR_NOT_FOUND, EEXIST %VY_ERROR_EXISTS,
 * EACCES and EPERM %VY_ERROR_DENIED, the rest %VY_ERROR_FAILED.
 *
 * Returns: always %FALSE
 * Since: 0.1
 */
VY_API gboolean vy_throw_errno (GError **error, int errnum, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/**
 * vy_throw_libvirt:
 * @error: return location for a #GError
 * @format: printf format of what could not be done; ": " and libvirt's text are added
 *
 * Turns libvirt's last error of this thread into an error of %VY_ERROR.
 *
 * Returns: always %FALSE
 * Since: 0.1
 */
VY_API gboolean vy_throw_libvirt (GError **error, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/**
 * vy_throw_saved_libvirt:
 * @error: return location for a #GError
 * @saved: (nullable): a virErrorPtr of virSaveLastError()
 * @format: printf format of what could not be done; ": " and libvirt's text are added
 *
 * Like vy_throw_libvirt(), for an error that was put aside: any later call of libvirt,
 * were it only for a name, forgets the last one.
 *
 * Returns: always %FALSE
 * Since: 0.1
 */
VY_API gboolean vy_throw_saved_libvirt (GError **error, const void *saved,
                                        const char *format, ...) G_GNUC_PRINTF (3, 4);

/**
 * vy_error_silence_libvirt:
 *
 * Keeps libvirt from printing errors to stderr by itself. Call once at program start.
 *
 * Since: 0.1
 */
VY_API void vy_error_silence_libvirt (void);

G_END_DECLS
