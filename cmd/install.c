/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: make a guest and install its system */
#include "install.h"

/* ---- printing -----------------------------------------------------------------------
 */

static void
print_domain (Cli *cli, xmlNode *domain)
{
    g_autofree char *text = domain ? vy_xml_to_string (domain) : NULL;

    if (text)
        cli_print (cli, "%s", text);
}

static gboolean
print_steps (Cli *cli, InstallArgs *args, VyInstall *install, GError **error)
{
    const char *step = args->print_xml && *args->print_xml ? args->print_xml
                       : args->print_step                  ? args->print_step
                                                           : "all";
    xmlNode *first = vy_install_get_domain (install, FALSE);
    xmlNode *final = vy_install_get_domain (install, TRUE);

    if (strcmp (step, "all") && strcmp (step, "1") && strcmp (step, "2"))
        return vy_throw (error, VY_ERROR_INVALID, _ ("there is no step '%s'"), step);
    if (!strcmp (step, "2") && !first)
        return vy_throw (error, VY_ERROR_INVALID, _ ("there is no second step"));
    if (strcmp (step, "2"))
        print_domain (cli, first ? first : final);
    if (strcmp (step, "1") && first)
        print_domain (cli, final);
    return TRUE;
}

/* ---- running ------------------------------------------------------------------------
 */

static gboolean
check_options (InstallArgs *args, GError **error)
{
    g_autofree char *os = install_os_of (args);

    if (!install_check_follow (args, error))
        return FALSE;
    if (args->c && args->cdrom)
        return vy_throw (error, VY_ERROR_USAGE, _ ("-c and --cdrom exclude each other"));
    if (args->cloud_init && args->unattended)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--cloud-init and --unattended exclude each other"));
    if (args->reinstall && args->transient)
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--reinstall and --transient exclude each other"));
    if (os && (args->location || args->cdrom || args->c))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("--install OS excludes --location and --cdrom"));
    if (args->extra_args && !args->location && !os)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--extra-args needs --location"));
    if (args->initrd_inject && !args->location && !os)
        return vy_throw (error, VY_ERROR_USAGE, _ ("--initrd-inject needs --location"));
    return TRUE;
}

/* Milliseconds to wait, 0: for ever; FALSE: not at all. */
static void
warn_of_memory (Cli *cli, VyInstall *install)
{
    guint64 bytes = vy_install_get_raised_memory (install);
    g_autofree char *size = vy_size_format (bytes);

    if (bytes)
        cli_warn (cli, _ ("the guest has %s of memory while its installer runs"), size);
}

/* A domain that is installed again stays as it is. */
static void
warn_of_unused (Cli *cli, const InstallArgs *args)
{
    const VyDevice *const *devices = vy_device_list ();

    for (guint i = 0; args->reinstall && devices[i] && i < INSTALL_MAX_DEVICES; i++) {
        if (args->devices[i])
            cli_warn (cli,
                      _ ("--%s is not used: with --reinstall the domain stays as it is"),
                      devices[i]->option);
    }
}

static gboolean
run_install (Cli *cli, gpointer data, GError **error)
{
    InstallArgs *args = data;
    VyHostStandIns stand_ins = { args->host_capabilities, args->host_domcapabilities,
                                 args->host_uri };
    g_autoptr (VyHost) host = NULL;
    g_autoptr (VyGuest) guest = NULL;
    g_autoptr (VyInstall) install = NULL;
    g_autoptr (VyPlan) plan = NULL;

    if (install_print_listings (cli, args))
        return TRUE;
    if (!check_options (args, error) || !install_translate (cli, args, error))
        return FALSE;
    host = cli_host (cli, &stand_ins, error);
    if (!host)
        return FALSE;
    guest = args->reinstall ? vy_guest_open (host, args->reinstall, error)
                            : vy_guest_new (host);
    if (!guest || !install_build_guest (guest, args, error))
        return FALSE;
    install = install_prepare (guest, args, error);
    if (!install)
        return FALSE;
    if (args->print_xml || args->print_step)
        return print_steps (cli, args, install, error);
    warn_of_memory (cli, install);
    warn_of_unused (cli, args);
    plan = vy_install_plan (install, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    if (args->dry_run)
        return TRUE;
    if (!cli_is_structured (cli) && vy_install_get_root_password (install))
        cli_print (cli, _ ("Password for first root login is: %s\n"),
                   vy_install_get_root_password (install));
    return install_follow (cli, args, install, error) &&
           (!cli_is_structured (cli) || install_print_result (cli, install, error));
}

int
main (int argc, char **argv)
{
    static CliCommand commands[] = {
        { "virt-install", N_ ("make a guest and install its system"), NULL,
          sizeof (InstallArgs), run_install },
        { 0 },
    };
    static const CliCommand *const all_commands[] = { commands, NULL };
    static const CliGroup groups[] = {
        { "install", N_ ("Install"), all_commands },
        { 0 },
    };
    static const CliProgram program = { "virt-install",
                                        N_ ("make a guest and install its system"),
                                        CLI_STYLE_INSTALL, groups, TRUE };
    g_autofree CliOption *options = install_options ();

    commands[0].options = options;
    return cli_main (&program, argc, argv);
}
