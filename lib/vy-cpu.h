/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptions of processors, in the documents that have some. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * vy_cpu_read:
 * @text: XML of processors one behind another, of domains, or the capabilities of a host
 *   or a hypervisor
 * @what: what the text is, for messages: a file's name
 * @error: return location for a #GError
 *
 * Takes out the processors: that of a domain, of a host, and of a hypervisor its host
 * model.
 *
 * Returns: (transfer full): XML of each, as libvirt compares it; at least one; %NULL with
 *   %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API GStrv vy_cpu_read (const char *text, const char *what, GError **error);

G_END_DECLS
