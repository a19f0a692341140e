/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* nodedev-update: change a device, while it is there too */
#include "object.h"

/* What the library is too old for is absent: such a command is unknown. */
#if LIBVIR_CHECK_VERSION(10, 1, 0)
typedef struct {
    char *device, *file;
    VirshAffect affect;
} Args;

static gboolean
update (Cli *cli, const Args *args, virNodeDevicePtr device, unsigned flags,
        GError **error)
{
    g_autofree char *xml = virsh_read_file (args->file, error);

    if (!xml)
        return FALSE;
    if (virNodeDeviceUpdate (device, xml, flags) < 0)
        return virsh_fail (error, _ ("Failed to update node device %s"), args->device);
    cli_say (cli, _ ("Updated node device %s %s\n"), virNodeDeviceGetName (device),
             virsh_affect_text (&args->affect, virNodeDeviceIsActive (device) == 1));
    return TRUE;
}

static gboolean
run_update (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virNodeDevicePtr device;
    unsigned flags; /* the numbers of domains and devices are the same */
    gboolean ok;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(device = virsh_object (cli, &virsh_nodedev_kind, args->device, error)))
        return FALSE;
    ok = update (cli, args, device, flags, error);
    virNodeDeviceFree (device);
    return ok;
}

static GStrv
complete_device (Cli *cli, const char *typed)
{
    return virsh_object_names (cli, &virsh_nodedev_kind, typed);
}

static const CliOption update_options[] = {
    VIRSH_NAME (Args, device, "device", "DEVICE", "name of a device, or its WWNN,WWPN",
                complete_device),
    VIRSH_FILE (Args, file),
    VIRSH_FLAG (Args, affect.config, "config", "for the next start"),
    VIRSH_FLAG (Args, affect.live, "live", "for the device that is there"),
    VIRSH_FLAG (Args, affect.current, "current", "for the state the device is in"),
    { 0 },
};
#endif

const CliCommand virsh_nodedev_update_commands[] = {
#if LIBVIR_CHECK_VERSION(10, 1, 0)
    { "nodedev-update", N_ ("change a device by a file"), update_options, sizeof (Args),
      run_update, CLI_NEWER_COMMAND },
#endif
    { 0 },
};
