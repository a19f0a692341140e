/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: deprecated spellings */
#include "install.h"

static void
append (char ***list, char *text)
{
    guint n = *list ? g_strv_length (*list) : 0;

    *list = g_renew (char *, *list, n + 2);
    (*list)[n] = text;
    (*list)[n + 1] = NULL;
}

static gboolean
translate_files (InstallArgs *args, GError **error)
{
    char ***disks = install_device_field (args, "disk");
    guint n_sizes = args->file_size ? g_strv_length (args->file_size) : 0;

    if (args->file && *disks)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--file and --disk exclude each other"));
    if (args->nodisks && (args->file || *disks))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--nodisks and disks exclude each other"));
    for (guint i = 0; args->file && args->file[i]; i++)
        append (disks,
                g_strdup_printf ("%s%s%s%s", args->file[i], i < n_sizes ? ",size=" : "",
                                 i < n_sizes ? args->file_size[i] : "",
                                 args->nonsparse ? ",sparse=no" : ""));
    if (args->nodisks)
        append (disks, g_strdup ("none"));
    return TRUE;
}

static gboolean
translate_graphics (Cli *cli, InstallArgs *args, GError **error)
{
    char ***graphics = install_device_field (args, "graphics");
    g_autoptr (GString) text = g_string_new ("vnc");
    gboolean old = args->vnc || args->sdl || args->nographics || args->vnclisten ||
                   args->keymap || cli_has (cli, "vncport");

    if (*graphics && old)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--graphics and its old spellings exclude each other"));
    if (args->vnc + args->sdl + args->nographics > 1)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--vnc, --sdl and --nographics exclude each other"));

    if (args->sdl)
        append (graphics, g_strdup ("sdl"));
    if (args->nographics)
        append (graphics, g_strdup ("none"));
    if (!args->vnc)
        return TRUE;
    if (cli_has (cli, "vncport"))
        g_string_append_printf (text, ",port=%d", args->vncport);
    if (args->vnclisten)
        g_string_append_printf (text, ",listen=%s", args->vnclisten);
    if (args->keymap)
        g_string_append_printf (text, ",keymap=%s", args->keymap);
    append (graphics, g_strdup (text->str));
    return TRUE;
}

static gboolean
translate_networks (InstallArgs *args, GError **error)
{
    char ***networks = install_device_field (args, "network");
    guint n_macs = args->mac ? g_strv_length (args->mac) : 0;
    guint n;

    if (args->bridge && *networks)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--bridge and --network exclude each other"));
    for (char **bridge = args->bridge; bridge && *bridge; bridge++)
        append (networks, g_strconcat ("bridge=", *bridge, NULL));
    n = *networks ? g_strv_length (*networks) : 0;
    for (; n < n_macs; n++)
        append (networks, g_strdup ("default"));
    for (guint i = 0; i < n_macs; i++) {
        char *old = (*networks)[i];

        (*networks)[i] = g_strconcat (old, ",mac=", args->mac[i], NULL);
        g_free (old);
    }
    if (args->nonetworks)
        append (networks, g_strdup ("none"));
    return TRUE;
}

gboolean
install_translate (Cli *cli, InstallArgs *args, GError **error)
{
    if (!translate_files (args, error) || !translate_graphics (cli, args, error) ||
        !translate_networks (args, error))
        return FALSE;
    for (char **text = args->ram;
         text && *text && !*install_device_field (args, "memory"); text++)
        append (install_device_field (args, "memory"), g_strdup (*text));
    if (args->cpuset)
        append (install_device_field (args, "vcpus"),
                g_strconcat ("cpuset=", args->cpuset, NULL));
    if (args->init)
        append (install_device_field (args, "boot"),
                g_strconcat ("init=", args->init, NULL));
    if (args->noacpi)
        append (install_device_field (args, "features"), g_strdup ("acpi=off"));
    if (args->noapic)
        append (install_device_field (args, "features"), g_strdup ("apic=off"));
    return TRUE;
}
