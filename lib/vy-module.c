/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules and libraries that are loaded on first use. */
#include "vy-module.h"

#include <dlfcn.h>
#include <gmodule.h>

#include "vy-i18n-private.h"

static char *
module_path (const char *module)
{
    g_autofree char *file = g_strdup_printf ("vy-%s.so", module);
    g_autofree char *folder = NULL;
    Dl_info info;

    if (!dladdr ((void *) vy_module_symbol, &info) || !info.dli_fname)
        return NULL;
    folder = g_path_get_dirname (info.dli_fname);
    return g_build_filename (folder, "virtyard", file, NULL);
}

/* What is loaded stays. */
static gpointer
symbol_of (const char *name, const char *path, const char *symbol, GError **error)
{
    GModule *handle = path ? g_module_open (path, G_MODULE_BIND_LAZY) : NULL;
    gpointer address = NULL;

    if (!handle) {
        vy_throw (error, VY_ERROR_UNSUPPORTED, _ ("cannot load '%s': %s"), name,
                  path ? g_module_error () : _ ("the library's place is unknown"));
        return NULL;
    }
    g_module_make_resident (handle);
    if (!g_module_symbol (handle, symbol, &address) || !address)
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("'%s' is of another version: it has no '%s'"), name, symbol);
    return address;
}

gpointer
vy_module_symbol (const char *module, const char *symbol, GError **error)
{
    g_autofree char *path = module_path (module);

    return symbol_of (module, path, symbol, error);
}

gpointer
vy_library_symbol (const char *library, const char *symbol, GError **error)
{
    return symbol_of (library, library, symbol, error);
}
