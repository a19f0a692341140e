/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: the guest out of the options */
#include "install.h"

#include <string.h>

static gboolean
add_metadata (VyGuest *guest, const char *key, const char *value, GError **error)
{
    g_autofree char *text = value ? g_strdup_printf ("%s=%s", key, value) : NULL;

    return !text || vy_guest_add_option (guest, "metadata", text, error);
}

static gboolean
add_devices (VyGuest *guest, InstallArgs *args, GError **error)
{
    const VyDevice *const *devices = vy_device_list ();

    for (guint i = 0; devices[i] && i < INSTALL_MAX_DEVICES; i++) {
        for (char **text = args->devices[i]; text && *text; text++) {
            /* the one that need have no text */
            gboolean is_bare = !**text && !strcmp (devices[i]->option, "sound");
            const char *value = is_bare ? "default" : *text;

            if (!vy_guest_add_option (guest, devices[i]->option, value, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
add_checks (VyGuest *guest, InstallArgs *args, GError **error)
{
    if (args->force && !vy_guest_set_check (guest, "path_in_use", FALSE, error))
        return FALSE;
    for (char **text = args->check; text && *text; text++) {
        g_auto (GStrv) words = g_strsplit (*text, ",", -1);

        for (guint i = 0; words[i]; i++) {
            char *value = strchr (words[i], '=');
            gboolean on = TRUE;

            if (value)
                *value++ = '\0';
            if (value && !vy_boolean_parse (value, &on, error))
                return FALSE;
            if (!vy_guest_set_check (guest, words[i], on, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
set_osinfo (VyGuest *guest, const InstallArgs *args, GError **error)
{
    g_autofree char *os = install_os_of (args);

    if (!args->osinfos && os)
        return vy_guest_set_osinfo (guest, os, error);
    /* scripts that were written before the system had to be named */
    if (!args->osinfos && g_getenv ("VIRTINSTALL_OSINFO_DISABLE_REQUIRE"))
        return vy_guest_set_osinfo (guest, "detect=on,require=off", error);
    for (guint i = 0; args->osinfos && args->osinfos[i]; i++) {
        if (!args->osinfos[i + 1] &&
            !vy_guest_set_osinfo (guest, args->osinfos[i], error))
            return FALSE;
    }
    return TRUE;
}

gboolean
install_build_guest (VyGuest *guest, InstallArgs *args, GError **error)
{
    const char *os_type = args->hvm         ? "hvm"
                          : args->paravirt  ? "xen"
                          : args->container ? "exe"
                                            : NULL;

    /* the domain that is there stays as it is */
    if (args->reinstall)
        return set_osinfo (guest, args, error);
    vy_guest_set_machine (guest, os_type, args->arch, args->virt_type, args->machine);
    if (!set_osinfo (guest, args, error))
        return FALSE;
    if (!add_metadata (guest, "name", args->name, error) ||
        !add_metadata (guest, "uuid", args->uuid, error) ||
        !add_metadata (guest, "description", args->description, error) ||
        !add_checks (guest, args, error) || !add_devices (guest, args, error))
        return FALSE;
    return TRUE;
}
