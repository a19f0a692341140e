/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules and libraries that are loaded on first use, so that programs start without
 * them. */
#pragma once

#include "vy-error.h"

/**
 * vy_module_symbol:
 * @module: the name of a module of virtyard: NAME of vy-NAME.so
 * @symbol: what the module exports
 * @error: VY_ERROR_UNSUPPORTED when the module is not installed, cannot be loaded or has
 *   no such symbol
 *
 * Loads virtyard/vy-MODULE.so from the folder of the library itself. It stays loaded.
 *
 * Returns: (transfer none) (nullable): the symbol's address
 */
VY_API gpointer vy_module_symbol (const char *module, const char *symbol, GError **error);

/**
 * vy_library_symbol:
 * @library: the name by which programs are linked with it, as "libvirt-qemu.so.0"
 * @symbol: what it exports
 * @error: VY_ERROR_UNSUPPORTED when the machine has it not, or it is too old
 *
 * The same for a library of the system, found as the dynamic linker finds it.
 *
 * Returns: (transfer none) (nullable): the symbol's address
 */
VY_API gpointer vy_library_symbol (const char *library, const char *symbol,
                                   GError **error);

/* The address of a declared function, with its type: NULL with @error. */
#define VY_LIBRARY_FUNCTION(library, function, error)                                    \
    ((__typeof__ (&function)) vy_library_symbol (library, #function, error))
#define VY_LIBVIRT_QEMU(function, error)                                                 \
    VY_LIBRARY_FUNCTION ("libvirt-qemu.so.0", function, error)
#define VY_LIBVIRT_LXC(function, error)                                                  \
    VY_LIBRARY_FUNCTION ("libvirt-lxc.so.0", function, error)
