/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules: parts of the library that need heavy libraries, loaded on first use. */
#pragma once

#include "vy-error.h"

/*
 * The address of a symbol of virtyard/vy-MODULE.so, which lies in the folder of the
 * library itself. A module stays loaded. NULL with VY_ERROR_UNSUPPORTED when it is not
 * installed or cannot be loaded.
 */
gpointer vy_module_symbol (const char *module, const char *symbol, GError **error);
